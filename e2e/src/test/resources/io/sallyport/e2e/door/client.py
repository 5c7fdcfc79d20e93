"""A client over asyncssh: PORT KEY KNOWN_HOSTS ask LINE [BODY] | ask-many COUNT LINE | stuff COUNT LINE SIZE
    | get PATH | put FILE PATH | request LINE NAME...

Prints one JSON document; tells on standard error each line of output as it comes.
"""

import asyncio
import json
import sys

import asyncssh


async def ask(connection, line, body=None):
    process = await connection.create_process(line, encoding=None)
    if body:
        with open(body, "rb") as file:
            process.stdin.write(file.read())
    process.stdin.write_eof()

    async def read(stream, tell):
        text = b""
        async for part in stream:
            text += part
            if tell:
                print("seen: " + part.decode(errors="replace").strip(), file=sys.stderr, flush=True)
        return text.decode(errors="replace")

    out, err = await asyncio.gather(read(process.stdout, body is not None), read(process.stderr, False))
    await process.wait()
    return {"exit": process.exit_status, "out": out, "err": err}


async def ask_many(connection, count, line):
    answers = await asyncio.gather(*(ask(connection, line) for _ in range(int(count))))
    return {"answered": sum(answer["exit"] == 0 for answer in answers)}


async def stuff(connection, count, line, size):
    """Many requests that are sent more than they read."""

    class Silent(asyncssh.SSHClientSession):
        pass

    channels = []
    for _ in range(int(count)):
        channel, _ = await connection.create_session(Silent, line, encoding=None)
        channel.write(bytes(int(size)))
        channels.append(channel)
    answer = None
    try:
        await connection.create_session(Silent, line, encoding=None)
    except asyncssh.ChannelOpenError as error:
        answer = error.code
    still = sum(not channel.is_closing() for channel in channels)
    print("stuffed", file=sys.stderr, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    return {"refused": answer, "still": still}


async def request(connection, line, *names):
    """What a channel on which something runs answers to further requests (RFC 4254, section 5.4)."""
    channel, _ = await connection.create_session(asyncssh.SSHClientSession, line, encoding=None)
    return {name: await channel._make_request(name.encode()) for name in names}


async def get(connection, path):
    async with connection.start_sftp_client() as sftp:
        async with sftp.open(path, "rb") as file:
            data = await file.read()
        names = sorted(name for name in await sftp.listdir(path.rsplit("/", 1)[0]) if name not in (".", ".."))
    return {"bytes": len(data), "text": data.decode(errors="replace"), "names": names}


async def put(connection, file, path):
    async with connection.start_sftp_client() as sftp:
        mode = (await sftp.stat(path.rsplit("/", 1)[0])).permissions
        try:
            await sftp.put(file, path)
        except asyncssh.SFTPError as error:
            return {"mode": oct(mode & 0o777), "code": error.code, "reason": error.reason}
    return {"mode": oct(mode & 0o777), "code": 0}


async def main(port, key, known_hosts, verb, *words):
    async with asyncssh.connect(
        "127.0.0.1",
        int(port),
        username="foreign",
        client_keys=[key],
        known_hosts=asyncssh.read_known_hosts(known_hosts),
        host_key_alias="gateway",
        agent_path=None,
        config=None,
    ) as connection:
        answer = await {"ask": ask, "ask-many": ask_many, "stuff": stuff, "get": get, "put": put, "request": request}[verb](
            connection, *words
        )
    print(json.dumps(answer))


asyncio.run(main(*sys.argv[1:]))
