"""The program under test: where it is, how it is called, how a server of it is started on loopback and stopped."""

import os
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager

# The program refuses variables that it does not know, and must not see those of the developer.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PARCHEMIN_")}
SETTINGS = {
    # more calls than a person makes
    "PARCHEMIN_RATE_LIMITS": "off",
    # the people of this measure sign in without a telephone; roles without pages to measure keep theirs
    "PARCHEMIN_SECOND_FACTOR_ROLES": "auditor",
}


def environment():
    return {**ENVIRONMENT, **SETTINGS}


def run(program, data, *words):
    """Runs a command of the program; gives what it printed."""
    command = [program, *words, "--data-dir", data]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(program, data, patience=60):
    """A server on loopback, ended on the way out whatever happened; its log stays in the folder of the data."""
    listen = f"127.0.0.1:{free_port()}"
    with open(os.path.join(data, "measure.log"), "w") as log:
        command = [program, "serve", "--listen", listen, "--data-dir", data]
        settings = {**environment(), "PARCHEMIN_PUBLIC_URL": f"http://{listen}", "RUST_LOG": "warn"}
        server = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=log)
    try:
        wait_ready(f"http://{listen}", server, patience)
        yield f"http://{listen}", server
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_ready(url, server, patience):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("the server stopped: see measure.log in the folder of the data")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"the server is not ready after {patience} s")
