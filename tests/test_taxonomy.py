"""Topics and functions: the shipped ones hold together, and slips are told by line."""

from pathlib import Path

import pytest

from nlp.errors import DataError, InputError
from nlp.taxonomy import (
    Duty,
    Scheme,
    Topic,
    folds,
    function_of_unit,
    load_functions,
    load_scheme,
    unit_reader,
)

SCHEME = Scheme("试验", (Topic("livelihood", "民生"), Topic("ecology", "生态")))

WATER = """\
key: water
name: 水利
aliases: [水利局, 水务局]
topics: [livelihood, ecology]
co_handlers: [health]
duties:
  农村饮水: [饮水安全, 自来水, 12345]
  防汛抗旱: [防汛]
"""
HEALTH = "key: health\nname: 卫生健康\naliases: [卫健局, 卫体局]\ntopics: [livelihood]\n"


@pytest.fixture(scope="module")
def functions():
    return load_functions()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "water.yaml").write_text(WATER, encoding="utf-8")
    (tmp_path / "health.yaml").write_text(HEALTH, encoding="utf-8")
    return tmp_path


def _faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(DataError) as caught:
        load_functions(path, SCHEME)
    return caught.value.faults


def test_shipped_scheme():
    scheme = load_scheme()
    keys = [topic.key for topic in scheme.topics]
    assert keys == ["industry", "culture_tourism", "livelihood", "ecology", "governance"]
    assert all(topic.name and topic.scope for topic in scheme.topics)


def test_shipped_functions(functions):
    assert len({each.key for each in functions}) == len(functions) == 53
    for each in functions:
        assert each.name
        assert each.aliases
        assert each.topics
        assert each.duties, each.key
        assert each.key not in each.co_handlers


def test_shipped_folds(functions):
    assert folds(functions) == {
        "telecom": "industry_it",
        "sme_service": "industry_it",
        "energy": "development_reform",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("县卫体局", {"health", "sports"}),
        ("县教体局", {"education", "sports"}),
        ("市教育局", {"education"}),
        ("某某县水务局（县河长办）", {"water"}),
        ("自然资源和林业局", {"natural_resources", "forestry_parks"}),
        ("发改科技局", {"development_reform", "science_technology"}),
        ("市规划和自然资源局", {"natural_resources"}),
        ("市行政审批局", {"government_services"}),
        ("市委组织部", {"organization_dept"}),
        ("下村镇人民政府", {"township"}),
        ("市政协", set()),
    ],
)
def test_function_of_unit(functions, name, expected):
    assert set(function_of_unit(name, functions)) == expected


def test_one_main_unit_name_for_each_function(functions):
    reader = unit_reader(functions)
    for each in functions:
        assert each.key in reader.functions(each.aliases[0]), each.key


def test_folder_and_single_file_mean_the_same(folder, tmp_path):
    single = tmp_path / "list.yml"
    entries = [
        "- " + text.replace("\n", "\n  ").rstrip().removesuffix("\n") for text in (HEALTH, WATER)
    ]
    single.write_text("\n".join(entries), encoding="utf-8")
    assert load_functions(folder, SCHEME) == load_functions(single, SCHEME)


def test_values(folder):
    water = load_functions(folder, SCHEME)[1]
    assert water.duties[0] == Duty("农村饮水", ("饮水安全", "自来水", "12345"))
    assert water.co_handlers == ("health",)
    assert water.fold is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "co_handlers: [health]",
            "co_handlers: [healht]",
            "第5行：职能“healht”不存在（是否 health？）",
        ),
        (
            "topics: [livelihood, ecology]",
            "topics: [ecolgy]",
            "第4行：主题“ecolgy”不存在（是否 ecology？）",
        ),
        ("key: water", "key: health", "职能“health”重复"),
        ("name: 水利\n", "", "第1行：缺少职能名称（name）"),
        ("name: 水利", "name: [水利]", "第2行：职能名称（name）应是一段文字"),
        ("aliases:", "alias:", "第3行：职能没有“alias”这个字段（是否 aliases？）"),
        ("aliases: [水利局, 水务局]", "aliases: 水利局", "第3行：别称（aliases）应是列表"),
        ("[防汛]", "[汛]", "第8行：职责“防汛抗旱”里的“汛”太短"),
        ("[防汛]", "[防汛, '']", "第8行：职责“防汛抗旱”里有空项"),
        ("[防汛]", "[]", "第8行：职责“防汛抗旱”没有词"),
        ("[防汛]", "", "第8行：职责“防汛抗旱”没有词"),
        ("防汛抗旱:", "农村饮水:", "第8行：“农村饮水”写了两次（前一次在第7行）"),
        ("防汛抗旱:", "防:", "第8行：职责名“防”太短"),
        ("name: 水利", "name: 水利\nfold: water", "第3行：fold 不能指向自己"),
        ("name: 水利", "name: 水利\nfold: wood", "第3行：职能“wood”不存在"),
    ],
)
def test_every_fault_is_told_with_its_line(folder, old, new, fault):
    assert old in WATER
    (folder / "water.yaml").write_text(WATER.replace(old, new), encoding="utf-8")
    assert any(fault in each for each in _faults(folder)), _faults(folder)


def test_duties_must_be_a_mapping(folder):
    text = WATER[: WATER.index("duties")] + "duties: [防汛]\n"
    (folder / "water.yaml").write_text(text, encoding="utf-8")
    assert "第6行：duties 应写成“职责: [词, 词]”" in _faults(folder)


def test_faults_of_all_files_come_together_with_their_file(folder):
    (folder / "water.yaml").write_text(WATER.replace("[health]", "[hea]"), encoding="utf-8")
    (folder / "health.yaml").write_text(HEALTH.replace("name", "nam"), encoding="utf-8")
    faults = _faults(folder)
    assert {fault.split()[0] for fault in faults} == {"water.yaml", "health.yaml"}


def test_a_text_instead_of_a_function(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("key：water\n", encoding="utf-8")
    assert "冒号要用英文的" in _faults(path)[0]


def test_nothing_to_read(tmp_path):
    with pytest.raises(InputError, match="没有职能文件"):
        load_functions(tmp_path, SCHEME)
    with pytest.raises(InputError, match="文件不存在"):
        load_functions(tmp_path / "无.yaml", SCHEME)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("topics: [{key: a, name: 甲}]", "第1行：缺少方案名称（name）"),
        ("name: 试验", "第1行：topics 应是列表"),
        ("name: 试验\ntopics:\n- {key: a, name: 甲}\n- {key: a, name: 乙}", "第4行：主题“a”重复"),
        ("name: 试验\ntopics:\n- {key: a}", "第3行：缺少主题名称（name）"),
        ("name: 试验\ntopics:\n- {key: a, nmae: 甲}", "（是否 name？）"),
        ("name: 试\ntopics:\n- {key: a, name: 甲, aliases: [短]}", "太短"),
        (
            "name: 试\ntopics:\n- {key: a, name: 甲事, aliases: [乙事]}\n- {key: b, name: 乙事}",
            "“乙事”同时是主题“a”和“b”的写法",
        ),
        ("", "方案"),
    ],
)
def test_scheme_faults(tmp_path, text, fault):
    path = tmp_path / "topics.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_scheme(path)
    assert any(fault in each for each in caught.value.faults), caught.value.faults


def test_own_scheme(tmp_path):
    path = tmp_path / "topics.yaml"
    path.write_text("name: 两类\ntopics:\n- {key: a, name: 甲, scope: 一切}\n", encoding="utf-8")
    assert load_scheme(path) == Scheme("两类", (Topic("a", "甲", "一切"),))
