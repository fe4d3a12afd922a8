# IKEv2 to the platform from outside the office, Windows' own client: Adsl Town
#
# NOT TESTED ON WINDOWS: written from Microsoft's reference of the VpnClient module. Run as administrator.
# Needs the county CA in LocalMachine\Root and this computer's certificate in LocalMachine\My.
# Windows compares the name it dials with the gateway's certificate and sends its certificate's subject as its
# identity; lifetimes and dead peer detection cannot be set here.
#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'

$ca = Get-ChildItem -Path Cert:\LocalMachine\Root |
    Where-Object { $_.GetNameInfo('SimpleName', $false) -eq 'zx-egov-client-ca' } |
    Select-Object -First 1
if (-not $ca) { throw 'The county CA zx-egov-client-ca is not installed, see egov-ca.pem.txt' }

# backup-vpn1.zx.egov.example must resolve to 198.51.100.2
if (Get-VpnConnection -Name 'zx-backup' -AllUserConnection -ErrorAction SilentlyContinue) {
    Remove-VpnConnection -Name 'zx-backup' -AllUserConnection -Force
}
Add-VpnConnection -Name 'zx-backup' -AllUserConnection `
    -ServerAddress 'backup-vpn1.zx.egov.example' -TunnelType Ikev2 -AuthenticationMethod MachineCertificate `
    -MachineCertificateIssuerFilter $ca -SplitTunneling
Set-VpnConnectionIPsecConfiguration -ConnectionName 'zx-backup' -AllUserConnection -Force `
    -EncryptionMethod AES256 `
    -IntegrityCheckMethod SHA256 `
    -DHGroup Group14 `
    -CipherTransformConstants AES256 `
    -AuthenticationTransformConstants SHA256128 `
    -PfsGroup PFS2048
Add-VpnConnectionRoute -ConnectionName 'zx-backup' -AllUserConnection `
    -DestinationPrefix '10.52.0.0/16'
