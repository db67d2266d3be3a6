"""Directories: shipped ones are complete, an own one is audited, names are recognised."""

import pickle
from pathlib import Path

import pytest

from nlp.errors import DataError, UsageError
from nlp.places import Directory, Unit, load_directory
from nlp.taxonomy import load_functions

SHIPPED = (
    "generic", "province", "city", "district", "county", "zezhou", "changzhi", "yangquan",
)  # fmt: skip

OWN = """\
place: 甲县
level: county
aliases: [甲]
units:
  - name: 县教育体育局
    short: [教体局]
    functions: [education, sports]
    old_names: [教育局]
  - name: 县水务局
    functions:
      - water
towns: [下村镇, 东街街道]
parks: []
default: 县政府办公室
"""
KEYS = ("education", "sports", "water", "health", "township", "park_committee")


@pytest.fixture(scope="module")
def keys():
    return tuple(each.key for each in load_functions())


@pytest.fixture(scope="module")
def zezhou(keys):
    return load_directory("zezhou", keys)


@pytest.fixture(scope="module")
def yangquan(keys):
    return load_directory("阳泉市", keys)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "甲县.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_directory_holds_every_function_once(name, keys):
    directory = load_directory(name, keys)
    held = [function for unit in directory.units for function in unit.functions]
    assert sorted(held) == sorted(keys)
    assert all(unit.functions for unit in directory.units)
    assert directory.default in directory.unit_names


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_names_lead_back_to_their_functions(name, keys):
    directory = load_directory(name, keys)
    for unit in directory.units:
        for form in (unit.name, *unit.short):
            assert directory.functions_of(form) == unit.functions, form
    assert all(directory.functions_of(unit) for unit in directory.unit_names)
    assert len(set(directory.unit_names)) == len(directory.unit_names)


@pytest.mark.parametrize("spec", ["zezhou", "zezhou.yaml", "泽州县", "泽州"])
def test_shipped_place_by_any_name(spec, zezhou, keys):
    assert load_directory(spec, keys) == zezhou


def test_unit_of_merged_and_folded_functions(zezhou, keys):
    assert zezhou.unit_of("health") == zezhou.unit_of("sports") == "县卫生健康和体育局"
    generic = load_directory("generic", keys)
    assert generic.unit_of("telecom") == generic.unit_of("sme_service") == "工业和信息化局"
    assert generic.unit_of("energy") == "发展和改革局"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "有关乡镇政府"),
        ("关于整修各乡镇道路的建议", "有关乡镇政府"),
        ("关于下村镇中村村道路硬化的建议", "下村镇政府"),
        ("关于原南岭乡李寨村饮水的建议", "南岭镇政府"),
        ("金村镇、北义城镇连接线", "北义城镇政府"),
        ("关于高都历史的研究", "有关乡镇政府"),
        ("关于防范云南村镇银行风险的建议", "有关乡镇政府"),
        ("河南村镇规划经验", "有关乡镇政府"),
    ],
)
def test_named_town(zezhou, text, unit):
    assert zezhou.unit_of("township", text) == unit


def test_named_park_and_district(keys, yangquan):
    changzhi = load_directory("changzhi", keys)
    assert changzhi.unit_of("district_government", "潞州区停车难") == "潞州区政府"
    assert changzhi.unit_of("district_government", "全市停车难") == "有关县（区）政府"
    park = "长治高新技术产业开发区管委会"
    assert changzhi.unit_of("park_committee", "关于高新区配套学校的建议") == park
    assert changzhi.unit_of("park_committee", "开发区用地") == "开发区管委会"
    assert changzhi.unit_of("education", "潞州区小学扩建") == "市教育局"
    assert yangquan.unit_of("district_government", "盂县至平定县公路") == "平定县政府"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("城市郊区绿化", "有关县（区）政府"),
        ("工矿区棚户区改造", "有关县（区）政府"),
        ("阳泉市郊区道路", "郊区政府"),
        ("请矿区政府办理", "矿区政府"),
    ],
)
def test_everyday_words_are_districts_only_with_place_or_government(yangquan, text, unit):
    assert yangquan.unit_of("district_government", text) == unit


def test_everyday_word_as_a_whole_cell(yangquan):
    assert yangquan.functions_of("郊区") == ("district_government",)


@pytest.mark.parametrize(
    ("name", "functions"),
    [
        ("县卫体局", ("health", "sports")),
        ("卫体局", ("health", "sports")),
        ("泽州县卫生健康和体育局", ("health", "sports")),
        ("县卫计局", ("health", "sports")),
        ("县水务局（县河长办）", ("water",)),
        ("县水务局、县财政局", ("water",)),
        ("泽州县人民政府办公室", ("government_office",)),
        ("中共泽州县委宣传部", ("publicity_dept",)),
        ("市教育局", ("education",)),
        ("晋城市生态环境局泽州分局", ("ecology_environment",)),
        ("下村镇", ("township",)),
        ("泽州县下村镇人民政府", ("township",)),
        ("巴公工业园区", ("park_committee",)),
        ("有关县（区）政府", ("district_government",)),
        ("省教育厅", ()),
        ("", ()),
    ],
)
def test_functions_of(zezhou, name, functions):
    assert zezhou.functions_of(name) == functions


def test_mentioned_in_order_without_units_of_others(zezhou):
    text = "县教育局、住建局会同北义城镇政府，商高平市教育局和省卫健委，再报县教育局。"
    assert zezhou.mentioned(text) == ("县教育局", "县住房和城乡建设局", "北义城镇政府")
    assert zezhou.mentioned("") == ()


def test_unit_names_for_drop_downs(own):
    directory = load_directory(own, KEYS)
    expected = ("县教育体育局", "县水务局", "下村镇政府", "东街街道办事处", "县政府办公室")
    assert directory.unit_names == expected


def test_own_file(own):
    directory = load_directory(str(own), KEYS)
    assert directory.units[0] == Unit("县教育体育局", ("教体局", "教育局"), ("education", "sports"))
    assert directory.unit_of("health") == "县政府办公室"
    assert directory.unit_of("township", "东街街道路灯") == "东街街道办事处"
    assert directory.unit_of("township") == "县政府办公室"


def test_a_unit_may_repeat_its_own_name_with_and_without_level(own):
    text = OWN.replace("short: [教体局]", "short: [县教体局, 教体局, 县教育体育局]")
    own.write_text(text, encoding="utf-8")
    assert load_directory(own, KEYS).functions_of("甲县教体局") == ("education", "sports")


def test_short_own_file(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("place: 乙\nunits:\n- name: 教育局\ntowns:\nparks:\n", encoding="utf-8")
    directory = load_directory(path, KEYS)
    assert directory.level == "generic"
    assert directory.unit_of("education") == directory.default == "政府办公室"
    assert directory.mentioned("乙教育局") == ("教育局",)


def test_directory_travels_between_processes(zezhou):
    twin = pickle.loads(pickle.dumps(zezhou))
    assert twin == zezhou
    assert twin.unit_of("township", "下村镇") == "下村镇政府"


def test_directory_without_anything_named():
    empty = Directory("无", "generic", ())
    assert empty.mentioned("县教育局") == ()
    assert empty.unit_of("water", "下村镇") == "政府办公室"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("- water", "- watter", "第11行：职能“watter”不存在（是否 water？）"),
        ("- water", "- sports", "第11行：职能“sports”已属“县教育体育局”（第7行）"),
        ("place: 甲县\n", "", "第1行：缺少地名（place）"),
        ("place: 甲县", "place:", "第1行：缺少地名（place）"),
        ("place: 甲县", "place: [甲县]", "第1行：地名（place）应是一段文字"),
        ("level: county", "level: town", "第2行：级别“town”不存在"),
        ("parks: []", "park: []", "第13行：单位目录没有“park”这个字段（是否 parks？）"),
        ("short:", "shrot:", "第6行：单位没有“shrot”这个字段（是否 short？）"),
        ("name: 县水务局", "name: ''", "第9行：缺少单位名称（name）"),
        ("name: 县水务局", "name: '　'", "第9行：单位名称（name）只有空格"),
        ("name: 县水务局", "name: [水务局]", "第9行：单位名称（name）应是一段文字"),
        ("name: 县水务局", "name: 教体局", "第9行：名称“教体局”已属“县教育体育局”（第6行）"),
        ("name: 县水务局", "name: 县教体局", "第9行：名称“县教体局”已属“县教育体育局”（第6行）"),
        ("name: 县水务局", "name: 县教育体育局", "第9行：名称“县教育体育局”已属"),
        ("[education, sports]", "[education, education]", "第7行：职能“education”已属"),
        ("short: [教体局]", "short: 教体局", "第6行：简称（short）应是列表"),
        ("short: [教体局]", "short: [教体局, '']", "第6行：简称（short）里有空项"),
        ("下村镇, 东街街道", "下村镇, 下村镇", "第12行：乡镇（towns）里“下村镇”重复"),
        ("functions:\n      - water", "functions: {water: 1}", "第10行：职能（functions）应是列表"),
        ("place: 甲县", "place: 甲县\nplace: 乙县", "第2行：“place”写了两次"),
        ("default: 县政府办公室", "default: [甲]", "第14行：默认单位（default）应是一段文字"),
    ],
)
def test_every_fault_is_told_with_its_line(own, old, new, fault):
    assert old in OWN
    own.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_directory(own, KEYS)
    assert any(each.startswith(fault) for each in caught.value.faults), caught.value.faults


@pytest.mark.parametrize(
    "text", ["place: 甲\n", "place: 甲\nunits: []\n", "place: 甲\nunits: 教育局\n"]
)
def test_units_are_needed(own, text):
    own.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="units 应是单位列表"):
        load_directory(own, KEYS)


def test_unit_written_as_text(own):
    own.write_text("place: 甲\nunits:\n- 教育局\n", encoding="utf-8")
    with pytest.raises(DataError, match="第3行：单位应写成“字段: 值”"):
        load_directory(own, KEYS)


def test_all_faults_at_once(own):
    text = OWN.replace("- water", "- watter").replace("level: county", "level: x")
    own.write_text(text.replace("place: 甲县\n", ""), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_directory(own, KEYS)
    assert len(caught.value.faults) == 3
    assert caught.value.file == str(own)
    assert "行号" in caught.value.hint


def test_syntax_error_and_encoding(own):
    own.write_text("place: 甲县\nunits: [\n", encoding="utf-8")
    with pytest.raises(DataError, match="第3行"):
        load_directory(own, KEYS)
    own.write_bytes(OWN.encode("gb18030"))
    with pytest.raises(DataError, match="不是 UTF-8"):
        load_directory(own, KEYS)


@pytest.mark.parametrize("spec", ["乌有县", "/no/such/file.yaml", "", "."])
def test_missing_directory_lists_the_shipped_places(spec, keys):
    with pytest.raises(UsageError, match="没有单位目录") as caught:
        load_directory(spec, keys)
    assert "zezhou（泽州县）" in caught.value.hint
