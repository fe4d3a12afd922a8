"""The bound: one compiled Jinja2 template, values already at hand, files written. Nothing else is done.

bench/peers/plain_jinja.py FOLDER DEVICES
"""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2

TEMPLATE = """\
sysname {{ d.name }}
{% for s in d.ntp %}
ntp-service unicast-server {{ s }}
{% endfor %}
{% for s in d.logs %}
info-center loghost {{ s }} facility local6
{% endfor %}
{% for v in d.vlans %}
vlan {{ v.id }}
 description {{ v.name }}
{% endfor %}
interface LoopBack0
 ip address {{ d.loopback }} 255.255.255.255
interface {{ d.wan }}
 description WAN {{ d.rate }}
 ip address {{ d.wan_ip }} 255.255.255.252
acl number 3000
{% for a in d.acl %}
 rule {{ a.id }} permit tcp source {{ a.src }} 0.0.0.255 destination {{ a.dst }} 0.0.0.255
{% endfor %}
 rule 1000 deny ip
{% for h in d.hubs %}
ike peer {{ h.name }}
 remote-address {{ h.ip }}
 ike-proposal 10
ipsec policy zx {{ loop.index }}0 isakmp
 security acl 3000
 ike-peer {{ h.name }}
{% endfor %}
ip route-static 0.0.0.0 0.0.0.0 {{ d.gateway }}
user-interface vty 0 4
 authentication-mode aaa
 protocol inbound ssh
return
"""


def device(number: int) -> dict[str, object]:
    """Values for one device, as an inventory would hold them ready."""
    lan = f"10.{number >> 8 & 255}.{number & 255}"
    return {
        "name": f"cpe{number:05d}",
        "ntp": ["10.1.0.10", "10.2.0.10"],
        "logs": ["10.1.0.14", "10.2.0.14"],
        "vlans": [{"id": 10 + k, "name": f"v{k}"} for k in range(6)],
        "loopback": f"{lan}.1",
        "wan": "GigabitEthernet0/0/1",
        "rate": number,
        "wan_ip": f"{lan}.2",
        "acl": [{"id": 10 * k, "src": f"{lan}.0", "dst": f"10.1.{k}.0"} for k in range(40)],
        "hubs": [{"name": "a", "ip": "10.1.0.1"}, {"name": "b", "ip": "10.2.0.1"}],
        "gateway": f"{lan}.3",
    }


def main() -> None:
    """Render and write them all."""
    out, count = Path(sys.argv[1]), int(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(trim_blocks=True, undefined=jinja2.StrictUndefined)  # noqa: S701
    template = environment.from_string(TEMPLATE)
    for number in range(count):
        (out / f"cpe{number:05d}.cfg").write_text(template.render(d=device(number)))


main()
