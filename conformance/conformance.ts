import { main } from './main.js';
import { UsageError } from './options.js';

const output = { print: (text: string) => console.log(text), say: (text: string) => console.error(text) };

try {
  process.exitCode = await main(process.argv.slice(2), output);
} catch (error) {
  output.say(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 3;
}
