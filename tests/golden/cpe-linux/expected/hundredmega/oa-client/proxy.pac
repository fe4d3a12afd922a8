// Proxy auto-configuration, 丁镇
//
// The platform's names and addresses go through its front, everything else directly. When the front is down
// the platform is down: there is no silent way around it. No name is ever looked up, so no server learns which
// hosts a terminal asks for: dnsDomainIs compares text, and isInNet sees only addresses.

function FindProxyForURL(url, host) {
  var platform = "PROXY " + "proxy.egov.zhaotong.example:3128";
  var domain = "egov.zhaotong.example";

  host = host.toLowerCase().replace(/^\[|\]$|\.$/g, "");

  if (host == domain || dnsDomainIs(host, "." + domain)) return platform;

  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    if (isInNet(host, "10.52.0.0", "255.255.0.0")) return platform;
  }

  return "DIRECT";
}
