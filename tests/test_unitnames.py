"""Written unit names are reduced to what can be looked up."""

import pytest

from nlp.unitnames import (
    AliasTable,
    bodies,
    clean_name,
    look_up,
    park_forms,
    park_unit,
    town_forms,
    town_unit,
    written_parts,
)

TABLE = AliasTable(
    [
        ("教育局", "education"),
        ("教体局", "education"),
        ("体育局", "sports"),
        ("教体局", "sports"),
        ("水务局", "water"),
        ("河长办", "water"),
        ("林业局", "forestry_parks"),
        ("自然资源局", "natural_resources"),
        ("自然资源和规划林业局", "natural_resources"),
        ("发改委", "development_reform"),
        ("发展和改革局", "development_reform"),
        ("科技局", "science_technology"),
        ("卫健局", "health"),
        ("工信局", "industry_it"),
        ("商务局", "commerce"),
        ("城市管理局", "urban_management"),
        ("市场监督管理局", "market_regulation"),
        ("公安局", "public_security"),
        ("宣传部", "publicity_dept"),
        ("镇政府", "township"),
        ("政府", "district_government"),
        ("管委会", "park_committee"),
        ("政府办公室", "government_office"),
        ("税务局", "tax"),
    ]
)


def test_clean_name():
    assert clean_name(" 泽州县人民政府 办公室（督查室）") == "泽州县政府办公室(督查室)"


def test_written_parts_are_the_cell_then_each_name_then_brackets():
    assert written_parts("县水务局（县河长办）") == ("县水务局(县河长办)", "县水务局", "县河长办")
    assert written_parts("县教育局、县财政局")[1:] == ("县教育局", "县财政局")
    assert written_parts("  ") == ()


def test_bodies_go_from_long_to_short_and_never_cut_into_a_list():
    assert list(bodies("泽州县教育局")) == ["泽州县教育局", "县教育局", "教育局"]
    assert list(bodies("县教育局、县财政局")) == ["县教育局、县财政局"]


def test_look_up():
    assert look_up("中共泽州县委宣传部", {"宣传部": 1}) == 1
    assert look_up("县教育局、县财政局", {"教育局": 1, "财政局": 2}) == 1
    assert look_up("城市管理局", {"管理局": 1, "城市管理局": 2}) == 2
    assert look_up("市政协", {"教育局": 1}) is None


@pytest.mark.parametrize(
    ("name", "functions"),
    [
        ("市教育局", {"education"}),
        ("某某县水务局（县河长办）", {"water"}),
        ("县教体局", {"education", "sports"}),
        ("市城市管理局", {"urban_management"}),
        ("市市场监督管理局", {"market_regulation"}),
        ("市场监督管理局", {"market_regulation"}),
        ("国家税务总局泽州县税务局", {"tax"}),
        ("市公安局交警支队", {"public_security"}),
        ("中共某某县委宣传部", {"publicity_dept"}),
        ("泽州县人民政府办公室", {"government_office"}),
    ],
)
def test_usual_names(name, functions):
    assert set(TABLE.functions(name)) == functions


@pytest.mark.parametrize(
    ("name", "functions"),
    [
        ("县发改科技局", ("development_reform", "science_technology")),
        ("发展改革和科技局", ("development_reform", "science_technology")),
        ("县教科体局", ("education", "science_technology", "sports")),
        ("县卫体局", ("health", "sports")),
        ("工信商务局", ("industry_it", "commerce")),
        ("自然资源和林业局", ("natural_resources", "forestry_parks")),
    ],
)
def test_merged_bureaus_are_read_piece_by_piece(name, functions):
    assert TABLE.functions(name) == functions


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("下村镇人民政府", "township"),
        ("潞华街道办事处", "township"),
        ("泽州县人民政府", "district_government"),
        ("长治经济技术开发区管委会", "park_committee"),
        ("长治高新区", "park_committee"),
    ],
)
def test_towns_parks_and_governments_by_their_ending(name, function):
    assert TABLE.functions(name) == (function,)


@pytest.mark.parametrize("name", ["", "市政协", "县人大常委会", "某某公司", "局"])
def test_unknown_names_have_no_function(name):
    assert TABLE.functions(name) == ()


def test_an_alias_that_one_function_lists_still_says_all_its_parts():
    table = AliasTable([("教育局", "education"), ("体育局", "sports"), ("教育和体育局", "sports")])
    assert set(table.functions("县教育和体育局")) == {"education", "sports"}


def test_functions_that_do_not_exist_are_never_answered():
    assert AliasTable([("教育局", "education")]).functions("县卫体局") == ()


def test_town_units():
    assert town_unit("下村镇") == "下村镇政府"
    assert town_unit("下村") == "下村镇政府"
    assert town_unit("川底乡人民政府") == "川底乡政府"
    assert town_unit("潞华街道") == "潞华街道办事处"


def test_town_forms_keep_the_unit_when_the_ending_is_old():
    forms = dict(town_forms("南岭镇"))
    assert forms["南岭乡"] == forms["南岭镇"] == "南岭镇政府"
    assert "南岭" not in forms
    assert dict(town_forms("南岭"))["南岭街道"] == "南岭街道办事处"


def test_park_forms():
    assert park_unit("巴公工业园区") == "巴公工业园区管委会"
    assert park_unit("巴公工业园区管委会") == "巴公工业园区管委会"
    forms = set(park_forms("长治高新技术产业开发区", ("长治市", "长治")))
    assert {"长治高新区", "高新区", "长治高新技术产业开发区", "高新区管委会"} <= forms
