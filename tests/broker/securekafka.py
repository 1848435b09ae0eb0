"""A broker with TLS, SASL and ACLs, and users who may do what docs/security.md lists and nothing else.

Users have the same password for PLAIN and for SCRAM: librdkafka before 2.6.1, so Debian 12's, sends a SCRAM nonce that Kafka 4
refuses. SCRAM is tested with the newer library that the Python client carries (newer_library()).

Certificates are made by openssl for this run. Clients come through SASL_SSL only; the controller's listener stays on loopback without
TLS, so its principal, ANONYMOUS, is a super user here: no client can be that on the other listener."""
import pathlib
import re
import subprocess
import tempfile

import confluent_kafka
from confluent_kafka import KafkaException
from confluent_kafka.admin import (AclBinding, AclBindingFilter, AclOperation, AclPermissionType, ResourcePatternType, ResourceType,
                                   ScramCredentialInfo, ScramMechanism, UserScramCredentialUpsertion)

from clients import ROOT
from kafkanode import Kafka, wait_for

PASSWORD = "admin-s3cret"  # of the administrator; users have their own
RESOURCES = {"TOPIC": ResourceType.TOPIC, "GROUP": ResourceType.GROUP, "TRANSACTIONAL_ID": ResourceType.TRANSACTIONAL_ID,
             "CLUSTER": ResourceType.BROKER}  # librdkafka calls the cluster so


def make_certificates(folder):
    """ca.pem, and broker.pem (key and chain) for 127.0.0.1."""
    def openssl(*args):
        subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True)

    (folder / "san.cnf").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=test ca",
            "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=broker", "-keyout", "broker.key",
            "-out", "broker.csr")
    openssl("x509", "-req", "-in", "broker.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "san.cnf",
            "-out", "broker.crt")
    openssl("pkcs8", "-topk8", "-nocrypt", "-in", "broker.key", "-out", "broker.p8")
    (folder / "broker.pem").write_text((folder / "broker.p8").read_text() + (folder / "broker.crt").read_text())


def newer_library(folder):
    """A folder for LD_LIBRARY_PATH in which librdkafka.so.1 is the one of the Python client."""
    bundled, = (pathlib.Path(confluent_kafka.__file__).parents[1] / "confluent_kafka.libs").glob("librdkafka-*.so*")
    (folder / "librdkafka.so.1").symlink_to(bundled)
    return f"{folder}:{bundled.parent}"


class SecureKafka(Kafka):
    def __init__(self, users):
        """`users`: name → password."""
        self.secrets = pathlib.Path(tempfile.mkdtemp(prefix="copydesk-tls-"))
        make_certificates(self.secrets)
        client = self.credentials("admin", PASSWORD)
        known = " ".join(f'user_{user}="{password}"' for user, password in users.items())
        plain = f"org.apache.kafka.common.security.plain.PlainLoginModule required {known};"
        scram = ("org.apache.kafka.common.security.scram.ScramLoginModule required "
                f'username="admin" password="{PASSWORD}";')
        super().__init__(protocol="SASL_SSL", client=client, format_with=("--add-scram", f"SCRAM-SHA-512=[name=admin,password={PASSWORD}]"), **{
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:admin;User:ANONYMOUS",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN", "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": scram,
            "listener.name.sasl_ssl.plain.sasl.jaas.config": plain,
            "ssl.keystore.type": "PEM", "ssl.keystore.location": self.secrets / "broker.pem",
            "ssl.truststore.type": "PEM", "ssl.truststore.location": self.secrets / "ca.pem"})

    def credentials(self, user, password, mechanism="SCRAM-SHA-512"):
        return {"security.protocol": "SASL_SSL", "sasl.mechanisms": mechanism, "sasl.username": user, "sasl.password": password,
                "ssl.ca.location": str(self.secrets / "ca.pem")}

    def add_scram_user(self, user, password):
        change = UserScramCredentialUpsertion(user, ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password.encode())
        admin = self.admin()
        for future in admin.alter_user_scram_credentials([change]).values():
            future.result(20)

        def known():
            try:
                return admin.describe_user_scram_credentials([user])[user].result(20)
            except KafkaException:
                return None

        wait_for(f"user {user}", known)

    def binding(self, user, right):
        kind, name, operation, pattern = right
        return AclBinding(RESOURCES[kind], name, ResourcePatternType[pattern], f"User:{user}", "*", AclOperation[operation],
                          AclPermissionType.ALLOW)

    def filter(self, user, right):
        kind, name, operation, pattern = right
        return AclBindingFilter(RESOURCES[kind], name, ResourcePatternType[pattern], f"User:{user}", "*", AclOperation[operation],
                                AclPermissionType.ALLOW)

    def grant(self, user, rights):
        admin = self.admin()
        for future in admin.create_acls([self.binding(user, right) for right in rights]).values():
            future.result(20)
        wait_for(f"rights of {user}", lambda: all(admin.describe_acls(self.filter(user, right)).result(20) for right in rights))

    def revoke(self, user, right):
        admin = self.admin()
        for future in admin.delete_acls([self.filter(user, right)]).values():
            assert len(future.result(20)) == 1, right
        wait_for(f"{right} taken from {user}", lambda: not admin.describe_acls(self.filter(user, right)).result(20))


def documented_rights(whose):
    """The table of docs/security.md below a heading: (kind, name, operation, pattern) each."""
    text = (ROOT / "docs" / "security.md").read_text()
    section = text.split(f"### {whose}\n", 1)[1].split("\n#", 1)[0]
    rights = []
    for kind, name, operations in re.findall(r"^\| (topic|group|transactional id|cluster) \| `([^`]+)` \| ([A-Za-z, ]+) \|", section, re.M):
        pattern = "PREFIXED" if name.endswith("*") else "LITERAL"
        for operation in operations.split(", "):
            operation = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).upper()
            rights.append(({"transactional id": "TRANSACTIONAL_ID"}.get(kind, kind.upper()), name.rstrip("*"), operation, pattern))
    assert rights, f"no rights of {whose} in docs/security.md"
    return rights
