"""Strings a malicious or merely unlucky inventory could hold: `hostile_strings(5000, seed=1)`.

Each language we print has its own dangerous pieces; they are listed by language below and strung together
with ordinary names and with raw characters from the corners of Unicode.
"""

import random

SHELL = [
    "'", '"', "`", "$", "\\", ";", "&", "|", "<", ">", "(", ")", "*", "?", "~", "#", "!", "\n", "\r", "\t",
    "$(reboot)", "`reboot`", "${IFS}", "'; reboot #", '"; reboot #', "&& reboot", "|| reboot", "$((1/0))",
    "'\"'\"'", "\\'", "\\\n", "<<EOF", "\nEOF\n", "-rf", "--", "/etc/passwd", "2>&1", "$'\\n'", "*/", "!!",
]  # fmt: skip
ROUTER = [
    # VRP, Comware, IOS, FRR: a line break ends a description, `?` asks for help, `^C` ends a banner
    "\nsystem-view", "\r\nreturn", "\nquit\n", "\n#\n", "\n!\n", "?", "^C", "\x03", "\x1a", "\x08\x08", "|",
    "| include secret", "%", "% Unrecognized command", "\nno shutdown", "\nundo acl all", "\nend\n", "\x15",
    "\nreset saved-configuration\nY\n", "\nreload\n", "\nip route 0.0.0.0 0.0.0.0 Null0", " no ", "exit",
    "\x1b[2J", "\x1b]0;title\x07", "cipher %^%#secret%^%#", "<secret:vpn/x/psk@1>", "<>", "^", "\x7f",
]  # fmt: skip
LINUX = [
    # nftables, swanctl, systemd, pppd, keepalived
    "\n}\n", "} }", "{", '" }', ";", "\nflush ruleset\n", "include /etc/shadow", "\ninclude *.conf", "$var",
    'comment "', "\nsecrets { x { secret = y } }", " = ", "#", "\n[Service]\nExecStart=/bin/sh", "%n", "%i",
    "\nconnect /bin/sh", "@reboot", "~SEQ(x,1,2)", "\\\nExecStartPre=/bin/sh",
]  # fmt: skip
DATA = [
    # YAML, JSON, .reg, desktop entries, plist
    "\n- ", ": ", "&a", "*a", "!!python/object/apply:os.system [reboot]", "---\n", "...\n", "{}", "[]",
    "|2", '":"', '","x":"', "\\u0000", "\\ud800", "null", "NaN", '"=-\r\n',
    "\r\n[-HKEY_LOCAL_MACHINE\\SOFTWARE]\r\n", '"\r\n"x"=dword:00000001', "hex(2):00", "\\\\",
    "%SystemRoot%", "@=", "\nExec=/bin/sh -c reboot", "\n[Desktop Action x]\n", "%f", "%F", "\\s", "\\;",
    "</string><true/>", "]]>", "<!DOCTYPE x [<!ENTITY a", "&lt;", "&#0;", "&x;", "<!--", "-->", "--",
    "<?xml?>", "<![CDATA[",
]  # fmt: skip
WEB = [
    "</script>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "//",
    "/*", '" + evil() + "', "'); evil(); ('", "${evil()}", "\u2028evil()", "\u2029evil()", "</ScRiPt\t>",
    "<!--<script>", "function FindProxyForURL(){}", "';return'PROXY evil:1", "\\x3c", "\\u003c",
    "http://evil.example/", "%0a",
]  # fmt: skip
TEMPLATE = [
    "{{ 7*7 }}", "{% raw %}", "{%- endif %}", "{#", "#}", "{{ client.__class__ }}", "%s", "%(x)s", "{0}",
    "{x!r}", "{{", "}}", "# for x in y", "<%", "%>",
]  # fmt: skip
POWERSHELL = [
    "#>", "<#", "\u2018", "\u2019", "\u201c; reboot; \u201d", "$env:PATH", "`n", "@'\n", "\n'@", "-ne",
]  # fmt: skip
UNICODE = [
    "\0", "\x85", "\xa0", "\xad", "\u0600", "\u061c", "\u200b", "\u200d", "\u200f", "\u202a", "\u202e",
    "\u2066", "\u2069", "\u3000", "\ufeff", "\ufffe", "\uffff", "\ufdd0", "\ufff9", "\U000e0041",
    "\U0010ffff", "\U0001fffe", "\ud800", "\udc00", "\udfff", "\ud83d\ude00", "\ude00\ud83d", "\U0001f600",
    "\U00020000", "e\u0301", "\u0301", "＂", "＇", "；", "｜", "＜", "＞", "＆", "＄", "｀", "＼", "／",
    "％", "｛｛", "ｒｅｂｏｏｔ", "？", "　", "\v", "\f", "\x1c", "\x1e", "\x1f", "\x9b", "\x80", "İ", "ß",
    "ﷺ", "\U000e0100", "葛\U000e0100", "𠮷",
]  # fmt: skip
HARMLESS = [
    "乌峰镇", "县政府办", "Wufeng Town", "林口彝族苗族乡", "a", "Z9", " ", ".", ",", "（公章）", "、",
    "电信", "-",
]  # fmt: skip

TOKENS = [*SHELL, *ROUTER, *LINUX, *DATA, *WEB, *TEMPLATE, *POWERSHELL, *UNICODE]


def hostile_strings(n: int, seed: int) -> list[str]:
    """`n` strings, the same for the same seed: first every token alone, then mixtures and random characters.

    Also in it: the empty string, long strings, and strings of any code point, surrogates included.
    """
    rng = random.Random(seed)
    found = ["", " ", *TOKENS]
    while len(found) < n:
        kind = rng.random()
        if kind < 0.7:
            words = [rng.choice(TOKENS if rng.random() < 0.7 else HARMLESS) for _ in range(rng.randint(2, 6))]
            found.append("".join(words))
        elif kind < 0.8:
            found.append(rng.choice(TOKENS) * rng.randint(2, 200))
        elif kind < 0.9:
            found.append("".join(chr(rng.randrange(0x110000)) for _ in range(rng.randint(1, 20))))
        else:
            found.append("".join(chr(rng.randrange(0x250)) for _ in range(rng.randint(1, 40))))
    return found[:n]
