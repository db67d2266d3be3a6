"""Boosted trees as arrays: scikit-learn's answers, a way to files and back, damage refused."""

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from sklearn.ensemble import HistGradientBoostingRegressor

from nlp.heads.trees import CHUNK, Trees, fit_trees, trees_from_arrays

FEATURES = 5


def samples(size=400, seed=1):
    """Return rows of continuous, stepped and 0/1 columns, and a target with interactions."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(size, FEATURES)).astype(np.float32)
    rows[:, 1] = np.round(rows[:, 1] * 2)
    rows[:, 2] = rows[:, 2] > 0
    target = np.where(rows[:, 2] > 0, np.sin(3 * rows[:, 0]), rows[:, 1]) + 0.3 * rows[:, 3]
    return rows, target.astype(np.float64)


@pytest.fixture
def fit(monkeypatch, one_thread):
    """Fit, and give scikit-learn's own model beside the trees."""
    seen = []

    class Recorded(HistGradientBoostingRegressor):
        def fit(self, *args, **options):
            seen.append(self)
            return super().fit(*args, **options)

    monkeypatch.setattr("sklearn.ensemble.HistGradientBoostingRegressor", Recorded)

    def fitted(rows, target, seed=0):
        return fit_trees(rows, target, seed=seed), seen[-1]

    return fitted


@pytest.fixture
def stump():
    """Return two trees: x0 ≤ 1 ? 10 : (x1 ≤ 5 ? 20 : 30), and a lone leaf worth 1."""
    return Trees(
        0.5,
        np.array([[0, -1, 1, -1, -1], [-1, -1, -1, -1, -1]], np.int16),
        np.array([[1, 0, 5, 0, 0], [0, 0, 0, 0, 0]], np.float32),
        np.array([[1, 0, 3, 0, 0], [0, 0, 0, 0, 0]], np.int16),
        np.array([[2, 0, 4, 0, 0], [0, 0, 0, 0, 0]], np.int16),
        np.array([[0, 10, 0, 20, 30], [1, 0, 0, 0, 0]], np.float32),
    )


def test_walking_by_hand(stump):
    rows = np.array([[1, 9], [2, 5], [2, 5.001], [-7, 0]], np.float32)
    assert stump.predict(rows).tolist() == [11.5, 21.5, 31.5, 11.5]


def test_predict_is_scikit_learns(fit):
    rows, target = samples()
    trees, model = fit(rows, target)
    unseen, _ = samples(300, seed=2)
    for each in (rows, unseen):
        assert trees.predict(each) == pytest.approx(model.predict(each), abs=1e-4)
    assert np.corrcoef(trees.predict(rows), target)[0, 1] > 0.8
    assert trees.predict(rows).dtype == np.float32


def test_neighbouring_floats_stay_apart(fit):
    """Half-way between two floats is none itself; rounded up, both rows would go left."""
    low = np.nextafter(np.float32(1), np.float32(2))
    high = np.nextafter(low, np.float32(2))
    rows = np.array([[low]] * 100 + [[high]] * 100, np.float32)
    target = np.repeat([0.0, 1.0], 100)
    trees, model = fit(rows, target)
    assert model.predict(rows[[0, -1]]) == pytest.approx([0, 1], abs=0.05)
    assert trees.predict(rows[[0, -1]]) == pytest.approx(model.predict(rows[[0, -1]]), abs=1e-4)


def test_a_constant_target_is_the_base(fit):
    rows, _ = samples(200)
    trees, _ = fit(rows, np.full(200, 0.25))
    assert trees.predict(rows) == pytest.approx(np.full(200, 0.25), abs=1e-6)


def test_same_seed_same_arrays_another_seed_others(fit):
    rows, target = samples()
    first, again, other = (fit(rows, target, seed=seed)[0].arrays("") for seed in (3, 3, 4))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert any(not np.array_equal(first[name], other[name]) for name in first)


def test_rows_are_walked_in_chunks_and_none_is_lost(stump):
    rows = np.zeros((CHUNK + 3, 2), np.float32)
    rows[CHUNK:, 0] = 2
    assert stump.predict(rows).tolist() == [11.5] * CHUNK + [21.5] * 3
    assert stump.predict(rows[:0]).shape == (0,)


def test_what_is_loaded_predicts_the_same(fit, tmp_path):
    rows, target = samples()
    trees, _ = fit(rows, target)
    save_file(trees.arrays("t."), tmp_path / "trees.safetensors")
    loaded = trees_from_arrays(load_file(tmp_path / "trees.safetensors"), "t.", FEATURES)
    assert np.array_equal(loaded.predict(rows), trees.predict(rows))
    assert all(name.startswith("t.") for name in trees.arrays("t."))


def changed(stump, part, at, value):
    arrays = {name: array.copy() for name, array in stump.arrays("").items()}
    arrays[part][at] = value
    return arrays


@pytest.mark.parametrize("part", ["left", "right"])
@pytest.mark.parametrize("onward", [0, -1, 5, 30_000])
def test_nodes_that_point_back_or_outside_are_refused(stump, part, onward):
    """0 and -1 would make the walk of the root's branch endless."""
    with pytest.raises(ValueError, match="outside its tree"):
        trees_from_arrays(changed(stump, part, (0, 0), onward), "", 2)


def test_a_node_that_points_to_itself_is_refused(stump):
    with pytest.raises(ValueError, match="outside its tree"):
        trees_from_arrays(changed(stump, "right", (0, 2), 2), "", 2)


def test_what_leaves_point_to_does_not_matter(stump):
    rows = np.array([[1, 9], [2, 6]], np.float32)
    loaded = trees_from_arrays(changed(stump, "left", (0, 1), 99), "", 2)
    assert loaded.predict(rows).tolist() == [11.5, 31.5]


def test_features_that_rows_lack_are_refused(stump):
    assert trees_from_arrays(stump.arrays(""), "", 2).predict(np.zeros((1, 2), np.float32))
    with pytest.raises(ValueError, match="feature beyond 1"):
        trees_from_arrays(stump.arrays(""), "", 1)
    with pytest.raises(ValueError, match="feature beyond 2"):
        trees_from_arrays(changed(stump, "feature", (0, 2), 2), "", 2)


@pytest.mark.parametrize("part", ["feature", "threshold", "left", "right", "value"])
def test_other_shapes_are_refused(stump, part):
    arrays = stump.arrays("")
    with pytest.raises(ValueError, match="different shapes"):
        trees_from_arrays(arrays | {part: arrays[part][:, :4]}, "", 2)
    with pytest.raises(ValueError, match="different shapes"):
        trees_from_arrays(arrays | {part: arrays[part][:1]}, "", 2)
    with pytest.raises(KeyError):
        trees_from_arrays({name: array for name, array in arrays.items() if name != part}, "", 2)


@pytest.mark.parametrize("cut", [np.s_[0], np.s_[:0], np.s_[:, :0], np.s_[None]])
def test_arrays_that_are_no_trees_are_refused(stump, cut):
    arrays = stump.arrays("")
    nodes = {name: array[cut] for name, array in arrays.items() if name != "base"}
    with pytest.raises(ValueError, match="no trees"):
        trees_from_arrays(arrays | nodes, "", 2)


def test_a_base_that_is_no_number_is_refused(stump):
    for base in (np.zeros(0, np.float32), np.zeros(2, np.float32)):
        with pytest.raises(ValueError, match="no trees"):
            trees_from_arrays(stump.arrays("") | {"base": base}, "", 2)


@pytest.mark.parametrize("part", ["feature", "left", "right"])
def test_broken_numbers_for_nodes_are_refused(stump, part):
    arrays = stump.arrays("")
    with pytest.raises(ValueError, match="whole numbers"):
        trees_from_arrays(arrays | {part: arrays[part].astype(np.float32)}, "", 2)
