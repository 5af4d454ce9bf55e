// Runs before every npm script, under whatever Node is there: plain JavaScript that Node 12 can read.
// `npm ci` puts Node 24 in front (the `node` package); with --ignore-scripts that binary is silently missing.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `VibeThink Twin needs Node 22.18 or later and found ${process.versions.node}: ` +
      'run `npm ci` (without --ignore-scripts), which brings Node 24 for these scripts.',
  )
  process.exit(1)
}
