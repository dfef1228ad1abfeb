// Models of your own on DeepInfra's GPUs, and one wait for all of them.
package main

import (
	"pulumi-inference/sdk/go/inference"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		token := config.New(ctx, "").RequireSecret("hfToken")
		deployments := inference.ReadinessDeploymentMap{}
		for _, name := range []string{"llama", "mistral"} {
			model, err := inference.NewModelDeployment(ctx, name, &inference.ModelDeploymentArgs{
				Deepinfra: &inference.DeepInfraArgs{
					ModelName: pulumi.String("support-" + name),
					Gpu:       inference.DeepInfraGpu_H100_80GB,
					Hf: &inference.DeepInfraWeightsArgs{
						Repo:  pulumi.String("acme/support-" + name),
						Token: token,
					},
					Settings: &inference.DeepInfraScaleSettingsArgs{
						MinInstances: pulumi.Int(1),
						MaxInstances: pulumi.Int(4),
					},
				},
				WaitForReady: pulumi.Bool(false),
			})
			if err != nil {
				return err
			}
			deployments[name] = inference.ReadinessDeploymentArgs{
				Id:         model.ID(),
				Generation: model.Generation,
				Details:    model.Details,
			}
		}
		fleet, err := inference.NewReadiness(ctx, "fleet", &inference.ReadinessArgs{
			Deployments: deployments,
		}, pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "1h", Update: "1h"}))
		if err != nil {
			return err
		}
		ctx.Export("endpoints", fleet.Endpoints)
		ctx.Export("statuses", fleet.Statuses)
		ctx.Export("ready", fleet.Ready)
		return nil
	})
}
