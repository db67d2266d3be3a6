"""The endpoint writer against a real HTTP server: answers, failures, and what leaves the office."""

import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nlp.errors import ModelError, UsageError
from nlp.summarize.digest import Digest
from nlp.summarize.rewrite.endpoint import EndpointWriter
from nlp.summarize.rewrite.guard import abstractive
from nlp.summarize.rewrite.writers import Unwritten

REPLY = "经现场核查，县住建局已于2025年9月18日修复路灯36盏。感谢您的关注。"
DIGEST = Digest("1", summary="县住建局已于2025年9月18日修复路灯36盏")


def answer(content, **more):
    return {"choices": [{"message": {"role": "assistant", "content": content}, **more}]}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, asked))
        said = self.server.answers.pop(0) if self.server.answers else answer("县住建局已修复路灯。")
        if callable(said):
            return said(self)
        if isinstance(said, int):
            self.send_response(said)
            self.send_header("Location", "http://203.0.113.7/")
            self.end_headers()
            return self.wfile.write("出错了".encode())
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.asked, found.answers, found.released = [], [], threading.Event()
    found.url = f"http://127.0.0.1:{found.server_port}"
    thread = threading.Thread(target=found.serve_forever, args=(0.02,))
    thread.start()
    yield found
    found.released.set()
    found.shutdown()
    found.server_close()
    thread.join()


def digests(writer, count=1):
    return list(abstractive([(REPLY, DIGEST)] * count, writer, 60))


@pytest.mark.parametrize("tail", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_an_answer_becomes_the_digest(server, tail):
    (found,) = digests(EndpointWriter(server.url + tail, "qwen"))
    assert (found.summary, found.method) == ("县住建局已修复路灯。", "abstractive")
    assert (found.note, found.model) == ("", f"qwen@{server.url}")
    ((path, asked),) = server.asked
    assert path == "/v1/chat/completions"
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("qwen", 0, False)
    system, user = asked["messages"]
    assert "不超过60个字" in system["content"] and user == {"role": "user", "content": REPLY}


def test_without_a_model_name_none_is_asked_for(server):
    digests(EndpointWriter(server.url))
    assert "model" not in server.asked[0][1]


def test_an_invented_figure_is_replaced(server):
    server.answers = [answer("县住建局高度重视；投资300万元修复路灯。")]
    (found,) = digests(EndpointWriter(server.url))
    assert found.summary == "县住建局高度重视；县住建局已于2025年9月18日修复路灯36盏。"
    assert found.note == "第2句有答复中没有的“300万元”，已换成原文。"


@pytest.mark.parametrize(
    ("content", "more", "summary"),
    [
        ("<think>先看36盏…</think>\n\n路灯已修复", {}, "路灯已修复。"),
        ("**摘要**：路灯已修复", {}, "路灯已修复。"),
        ("路灯已修复；县住建局将加强巡", {"finish_reason": "length"}, "路灯已修复。"),
        ("路灯已修复；将加强巡查", {"finish_reason": "stop"}, "路灯已修复；将加强巡查。"),
    ],
)
def test_only_the_digest_is_taken_from_an_answer(server, content, more, summary):
    server.answers = [answer(content, **more)]
    assert digests(EndpointWriter(server.url))[0].summary == summary


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (500, "模型服务答复 HTTP 500：出错了"),
        (404, "HTTP 404"),
        (302, "HTTP 302"),
        (307, "HTTP 307"),
        (b"<html>busy</html>", "不是 OpenAI 格式的 JSON（“<html>busy"),
        (b"\xff\xfe", "不是 OpenAI 格式的 JSON"),
        (b"[]", "不是 OpenAI 格式的 JSON"),
        ({"choices": []}, "不是 OpenAI 格式的 JSON"),
        ({"choices": [{"message": None}]}, "不是 OpenAI 格式的 JSON"),
        (answer(""), "模型服务的答复是空的"),
        (answer(None), "模型服务的答复是空的"),
        (answer([{"text": "x"}]), "模型服务的答复是空的"),
        (answer("<think>想不完"), "模型服务的答复是空的"),
        (answer("没有写完", finish_reason="length"), "模型服务的答复是空的"),
        (b" " * (1 << 20) + b"{}", "超过 1 MB"),
        (lambda handler: handler.connection.close(), "中途断开"),
    ],
)
def test_a_failing_row_keeps_its_extractive_digest(server, said, why):
    server.answers = [said]
    bad, good = digests(EndpointWriter(server.url), 2)
    assert (bad.summary, bad.method) == (DIGEST.summary, "extractive")
    assert why in bad.note and bad.note.endswith("，摘要用原文。")
    assert good.method == "abstractive"


def test_a_timeout_is_tried_once_more(server):
    slow = [lambda handler: handler.server.released.wait(5)]
    server.answers = [*slow, answer("路灯已修复"), *slow, *slow]
    writer = EndpointWriter(server.url, timeout=0.2)
    start = time.monotonic()
    first, second = digests(writer, 2)
    assert (first.summary, len(server.asked)) == ("路灯已修复。", 4)
    assert second.note == "模型服务两次都没有在0.2秒内答复，摘要用原文。"
    assert time.monotonic() - start < 3


def test_nobody_there_stops_at_once():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(ModelError, match=r"连不上 http://127\.0\.0\.1:\d+：连接被拒绝") as caught:
        digests(EndpointWriter(url), 3)
    assert "--endpoint" in caught.value.hint


def test_a_server_that_dies_later_costs_only_the_digests(server):
    writer = EndpointWriter(server.url)
    (first,) = digests(writer)
    server.shutdown()
    server.server_close()
    second, third = digests(writer, 2)
    assert first.method == "abstractive"
    assert {second.note, third.note} == {"连接被拒绝，那里没有服务，摘要用原文。"}


def test_no_proxy_sees_a_reply(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert digests(EndpointWriter(server.url))[0].method == "abstractive"


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8:8000",
        "https://[2001:4860:4860::8888]/v1",
        "http://[::ffff:8.8.8.8]",
        "http://no-such-host.invalid",
    ],
)
def test_a_remote_host_is_refused(url):
    with pytest.raises(UsageError, match="不在本机或内网") as caught:
        EndpointWriter(url)
    assert "--allow-remote" in caught.value.hint
    EndpointWriter(url, allow_remote=True)


def test_a_name_counts_by_all_its_addresses(monkeypatch):
    found = {"gpu.lan": ["192.168.1.9"], "api.example": ["10.0.0.1", "8.8.8.8"]}

    def look_up(host, *_):
        return [(2, 1, 6, "", (address, 0)) for address in found[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    EndpointWriter("http://gpu.lan:8000")
    with pytest.raises(UsageError):
        EndpointWriter("http://api.example")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.1.9"])
def test_this_machine_and_private_networks_are_allowed(host):
    assert EndpointWriter(f"http://{host}:8000").name == f"http://{host}:8000"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "127.0.0.1:8000",
            "ftp://127.0.0.1",
            "http://",
            "http://127.0.0.1:abc",
            "http://[::1",
        ),
        *(
            "http://127.0.0.1@example.com",
            "http://example.com\\@127.0.0.1",
            "http://127.0.0.1/?q=1",
        ),
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(UsageError, match="应是 http:// 开头"):
        EndpointWriter(url, allow_remote=True)


def test_unwritten_is_a_value(server):
    server.answers = [500]
    assert isinstance(EndpointWriter(server.url).write([REPLY], 60)[0], Unwritten)
