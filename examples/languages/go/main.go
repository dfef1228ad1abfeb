// A model of your own on DeepInfra's GPUs.
package main

import (
	"pulumi-inference/sdk/go/inference"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		token := config.New(ctx, "").RequireSecret("hfToken")
		llama, err := inference.NewModelDeployment(ctx, "llama", &inference.ModelDeploymentArgs{
			Deepinfra: &inference.DeepInfraArgs{
				ModelName: pulumi.String("support-llama"),
				Gpu:       inference.DeepInfraGpu_H100_80GB,
				Hf: &inference.DeepInfraWeightsArgs{
					Repo:  pulumi.String("acme/support-llama-8b"),
					Token: token,
				},
				Settings: &inference.DeepInfraScaleSettingsArgs{
					MinInstances: pulumi.Int(1),
					MaxInstances: pulumi.Int(4),
				},
			},
		}, pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "45m"}))
		if err != nil {
			return err
		}
		ctx.Export("endpoint", llama.Endpoint)
		return nil
	})
}
