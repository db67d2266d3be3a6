"""Pretrained models: the only room that spells `torch`, `transformers` and `onnxruntime`.

Weights are read from safetensors or ONNX only, never unpickled; code that a model brings
along is never run; nothing asks the network unless `Sources(download=True)` says so. All runs
on the processor, so that the same text gives the same result on every machine of an office.
"""
