"""A model of your own on DeepInfra's GPUs, and a live deployment of Palantir Foundry."""

import pulumi
import pulumi_inference as inference

config = pulumi.Config()

llama = inference.ModelDeployment(
    "llama",
    deepinfra={
        "model_name": "support-llama",
        "gpu": inference.DeepInfraGpu.H100_80_GB,
        "hf": {"repo": "acme/support-llama-8b", "token": config.require_secret("hfToken")},
        "settings": {"min_instances": 1, "max_instances": 4},
    },
    opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="45m")),
)

scorer = inference.LiveDeployment(
    "scorer",
    model_rid="ri.models.main.model.scorer",
    branch="master",
    runtime_configuration={"min_replicas": 1, "max_replicas": 3, "gpu": {"count": 1, "type": "A10G"}},
)

pulumi.export("endpoint", llama.endpoint)
pulumi.export("status", llama.status)
pulumi.export("scorer", scorer.endpoint)
