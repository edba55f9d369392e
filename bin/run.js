#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `sf-plugin-jwt needs Node.js 22.19 or newer, and this is ${process.version}: install a current Node.js.`,
  );
  process.exit(2);
}
// A static import would be resolved before the check above and fail on an old Node with a syntax error instead.
const { execute } = await import('@oclif/core');
await execute({ dir: import.meta.url });
