"""A mail server of its own for a test: dovecot on loopback, with its own configuration and certificate."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

DOVECOT = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
USER = "invoices"
PASSWORD = "sesame-2026"

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {plain}
  }}
  inet_listener pop3s {{
    port = {tls}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class MailServer:
    """One mailbox, which the test fills through the file system and empties through POP3."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plain = free_port()
        self.tls = free_port()
        self.count = 0
        self.box = folder / "mail" / USER
        for part in ("new", "cur", "tmp"):
            (self.box / part).mkdir(parents=True)
        (folder / "run").mkdir()
        # As root, dovecot wants its processes to be others; else all are the one who runs the test.
        own = pwd.getpwuid(os.getuid())
        login, internal = ("dovenull", "dovecot") if own.pw_uid == 0 else (own.pw_name,) * 2
        self.owner = pwd.getpwnam("nobody") if own.pw_uid == 0 else own
        group = "dovecot" if own.pw_uid == 0 else str(own.pw_gid)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
             folder / "key.pem", "-out", folder / "cert.pem"],
            check=True, capture_output=True)  # fmt: skip
        (folder / "dovecot.conf").write_text(
            CONFIGURATION.format(
                folder=folder, plain=self.plain, tls=self.tls, internal=internal, login=login,
                group=group, uid=self.owner.pw_uid, gid=self.owner.pw_gid, password=PASSWORD))  # fmt: skip
        self._own(folder / "mail")
        for place in [folder, *folder.parents]:
            if place.stat().st_uid == os.getuid():
                place.chmod(place.stat().st_mode | 0o011)
        self.process: subprocess.Popen | None = None
        self.start()

    def _own(self, path: Path) -> None:
        if os.getuid() == 0:
            for place in [path, *path.rglob("*")]:
                os.chown(place, self.owner.pw_uid, self.owner.pw_gid)

    def start(self) -> None:
        self.process = subprocess.Popen(
            [DOVECOT, "-F", "-c", self.folder / "dovecot.conf"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.plain), 1) as connection:
                    if connection.recv(3) == b"+OK":
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError((self.folder / "dovecot.log").read_text())

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
            self.process = None

    def deliver(self, mail: bytes) -> None:
        self.count += 1
        name = f"{int(time.time())}.{self.count:06}.test"
        (self.box / "tmp" / name).write_bytes(mail)
        self._own(self.box / "tmp")
        (self.box / "tmp" / name).rename(self.box / "new" / name)

    def mails(self) -> int:
        return sum(len(list((self.box / part).iterdir())) for part in ("new", "cur"))


class Cutter:
    """Stands before a server and breaks off after so many bytes of answers."""

    def __init__(self, port: int, limit: int) -> None:
        self.port = port
        self.limit = limit
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def own_port(self) -> int:
        return self.listener.getsockname()[1]

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.port))
            threading.Thread(target=self._pass, args=(client, server, None), daemon=True).start()
            self._pass(server, client, self.limit)

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket, limit: int | None) -> None:
        passed = 0
        try:
            while data := source.recv(4096):
                passed += len(data)
                target.sendall(data)
                if limit is not None and passed >= limit:
                    break
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self) -> None:
        self.listener.close()
