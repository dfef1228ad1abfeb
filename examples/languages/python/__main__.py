"""Models of your own on DeepInfra's GPUs, a live deployment of Palantir Foundry, and one wait for all of them."""

import pulumi
import pulumi_inference as inference

config = pulumi.Config()

models = {
    name: inference.ModelDeployment(
        name,
        deepinfra={
            "model_name": f"support-{name}",
            "gpu": inference.DeepInfraGpu.H100_80_GB,
            "hf": {"repo": f"acme/support-{name}", "token": config.require_secret("hfToken")},
            "settings": {"min_instances": 1, "max_instances": 4},
        },
        wait_for_ready=False,
    )
    for name in ["llama", "mistral"]
}

scorer = inference.LiveDeployment(
    "scorer",
    model_rid="ri.models.main.model.scorer",
    branch="master",
    runtime_configuration={"min_replicas": 1, "max_replicas": 3, "gpu": {"count": 1, "type": "A10G"}},
    wait_for_ready=False,
)

fleet = inference.Readiness(
    "fleet",
    deployments={
        **{
            name: {"id": model.id, "generation": model.generation, "details": model.details}
            for name, model in models.items()
        },
        "scorer": {"id": scorer.id, "generation": scorer.generation, "inputs": {"modelRid": scorer.model_rid}},
    },
    opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="1h", update="1h")),
)

pulumi.export("endpoints", fleet.endpoints)
pulumi.export("statuses", fleet.statuses)
pulumi.export("ready", fleet.ready)
