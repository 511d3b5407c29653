"""An authority of one’s own, as inside a network, and certificates that it vouches for."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mediane.kit import clock


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Authority:
    name: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=_key)

    def certificate(self) -> bytes:
        """What whoever trusts it is given."""
        signs = x509.BasicConstraints(ca=True, path_length=None)
        drawn = self._drawn(_name(self.name), self.key).add_extension(signs, critical=True)
        return drawn.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def vouch_for(self, host: str, folder: Path) -> None:
        """Write `server.pem` and `server.key` for a host."""
        key = _key()
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        signed = self._drawn(_name(host), key).add_extension(names, critical=False)
        certificate = signed.sign(self.key, hashes.SHA256())
        (folder / "server.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        (folder / "server.key").write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )

    def _drawn(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        now = clock.now()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )
