"""Fine-tuning of pretrained encoders; nothing heavy is imported before a run starts."""
