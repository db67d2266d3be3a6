"""The validation line and the card are written from the figures."""

from types import SimpleNamespace

from nlp.train.card import model_card, validation_line

FIGURES = {
    "topics": {"accuracy": 0.875, "primary_macro_f1": 0.8011, "unambiguous_macro_f1": 0.85},
    "lead": {"top1": 0.61, "top3": 0.7949, "ece": 0.0312},
    "co": {"f1": 0.4567},
    "decisions": [
        {"requested": 0.9, "auto": 0.5, "precision": 0.93},
        {"requested": 0.95, "auto": 0.0, "precision": None},
    ],
}


def test_line_by_hand():
    assert validation_line(FIGURES) == (
        "主题准确率 87.5%，主题宏平均 F1 0.801（无争议 0.850），主办前1/前3 61.0%/79.5%，"
        "校准误差 0.031，会办 F1 0.457，要求 90% 时自动 50.0%，实际准确率 93.0%，"
        "要求 95% 时自动 0.0%，实际准确率 —"
    )


def test_only_what_was_measured_is_said():
    assert validation_line({"lead": FIGURES["lead"], "co": None}) == (
        "主办前1/前3 61.0%/79.5%，校准误差 0.031"
    )
    assert validation_line({}) == "没有可测的行"


def test_card_tells_data_figures_and_limits():
    detector = {"others_rows": 160, "others_rejected": 0.9, "proposals_rejected": 0.01}
    parts = {"train": 7, "dev": 8, "test": 9}
    router = SimpleNamespace(functions=range(54))
    card = model_card(router, FIGURES | {"parts": parts, "detector": detector})
    for said in (
        "7 training rows, 8 for tuning, 9 for measuring",
        "54 functions",
        "- 校准误差 0.031\n",
        "90.0% of 160; proposals refused: 1.0%",
        "## Limits",
    ):
        assert said in " ".join(card.split(" ")).replace("\n160", " 160"), said
