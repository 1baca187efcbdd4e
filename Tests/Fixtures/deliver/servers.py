"""A mail server and a web server on loopback, for tests of scripts/deliver-*.

    /usr/bin/python3 servers.py smtp|http FILE

Prints the port. What comes in is appended to FILE, a JSON object a line. How a server behaves is said
by the recipient's name before the @, or by the path: reject, busy, hang, cut, robot-refuses.
"""

import json
import socket
import sys
import time

kind, path = sys.argv[1:3]


def note(**fields):
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(fields, ensure_ascii=False) + "\n")


def smtp():
    from aiosmtpd.controller import Controller
    import asyncio
    import email
    from email import policy

    class Handler:
        async def handle_RCPT(self, server, session, envelope, address, options):
            name = address.split("@")[0]
            if name == "reject":
                return "550 5.1.1 <%s>: no such user" % address
            if name == "busy":
                return "451 4.3.0 try again later"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server, session, envelope):
            name = envelope.rcpt_tos[0].split("@")[0]
            if name == "hang":
                await asyncio.sleep(60)
            if name == "cut":
                server.transport.abort()
                return "250 OK"
            mail = email.message_from_bytes(envelope.content, policy=policy.default)
            note(
                sender=envelope.mail_from, recipients=envelope.rcpt_tos, to=str(mail["To"]),
                subject=mail["Subject"], id=mail["Message-ID"], date=str(mail["Date"]),
                author=str(mail["From"]), defects=[str(d) for d in mail.defects],
                longest=max(len(l) for l in envelope.content.split(b"\r\n")),
                type=mail.get_content_type(), body=mail.get_content())
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=free_port())
    controller.start()
    return controller.port


def http():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    import threading

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            name = self.path.split("?")[0].strip("/")
            if name == "hang":
                time.sleep(60)
            if name == "cut":
                self.connection.close()
                return
            status = int(name) if name.isdigit() else 200
            answer = '{"errcode":45009,"errmsg":"freq out of limit"}' if name == "robot-refuses" \
                else '{"errcode":0,"errmsg":"ok"}'
            if status == 200 and name != "robot-refuses":
                note(path=self.path, type=self.headers["Content-Type"], body=body,
                     key=self.headers.get("Authorization"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


print({"smtp": smtp, "http": http}[kind](), flush=True)
while True:
    time.sleep(1)
