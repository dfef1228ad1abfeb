/** `npm run up`: deploys the quickstart to the simulator with the real engine, and asks the model a question. */
import { type Engine, projectRoot } from "../engine/engine";
import { type Session, withQuickstart } from "./quickstart-session";
import { QuickstartError } from "./quickstart-stack";

void withQuickstart(async ({ engine, run, simulator, stack }: Session) => {
  await run("up", "--yes", "--skip-preview", "--refresh");
  const { endpoint = "", model = "" } = await stack.outputs();
  await chat(endpoint, model, simulator.environment["DEEPINFRA_API_KEY"] ?? "");
  console.log(nextSteps(engine));
});

/** An ordinary OpenAI-style request: any client of that API does the same with these two outputs. */
async function chat(endpoint: string, model: string, key: string): Promise<void> {
  const question = "In one sentence: what is a stack?";
  console.log(`\nPOST ${endpoint}/chat/completions   model: ${model}\n  user:      ${question}`);
  const response = await fetch(`${endpoint}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content: question }] }),
  });
  const text = await response.text();
  if (!response.ok) throw new QuickstartError(`The model answered ${response.status}: ${text}`);
  const { choices } = JSON.parse(text) as { choices: { message: { content: string } }[] };
  console.log(`  assistant: ${choices[0]?.message.content ?? text}`);
}

function nextSteps({ bin, origin }: Engine): string {
  return `
The simulator ends now, and remembers the deployment: \`npm run up\` again changes nothing.
Change examples/quickstart/index.ts first (say, maxInstances) and it changes just that. \`npm run down\` destroys it.

The same stack on your own DeepInfra account, with GPUs that cost money from the moment they are deployed:
  cd ${projectRoot}${origin === "path" ? "" : `\n  export PATH="${bin}:$PATH"`}
  unset DEEPINFRA_URL                    # it points to a simulator, if it is set at all
  pulumi stack init mine                 # in your own backend: \`pulumi login\`
  pulumi config set --secret inference:deepinfraApiKey <your key>
  pulumi up                              # hf.repo must be a model that your account can read
  pulumi destroy                         # ends the bill`;
}
