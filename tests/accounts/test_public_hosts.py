"""What stands for any host stands for a public one."""

import pytest

from coordination.project import environment as env


@pytest.mark.parametrize("host", ["*", ".*", "0.0.0.0", "[::]"])
def test_the_demo_does_not_start_for_any_host_whatever(host):
    with pytest.raises(env.BadSetting, match="LIAISON_DEMO"):
        env.refuse_public_demo("http://localhost:8000", ["localhost", host])
    env.refuse_public_demo("http://localhost:8000", ["localhost", "127.0.0.1"])
