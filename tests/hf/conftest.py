"""Small networks gain nothing from a second thread, and the machine may be busy."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _torch_on_one_thread():
    torch = pytest.importorskip("torch", reason="needs the extra fenban[neural]")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
