import{d as detectProjects,f as loadSources,s as openChange}from"./lint-CQWO1Sav.js";import{Y as DEFAULT_SETTINGS,a as CONFIG_PATHS,ct as UserError,lt as EXIT}from"./first-QUoyXBPt.js";import{join,resolve}from"node:path";import{existsSync,writeFileSync}from"node:fs";var CONFIG_PATH=`migrate-verify.yml`;async function init(args,terminal){let folder=resolve(terminal.cwd(),args.operands[0]??`.`),{root,files}=await openChange(folder,{all:!0}),present=CONFIG_PATHS.find(path=>existsSync(join(root,path)));if(present!==void 0)throw new UserError(`${present} is there already; it was not changed.`,{hint:`Edit it, or remove it first.`});let sources=await loadSources(files.paths,DEFAULT_SETTINGS),{projects}=detectProjects(files,[],void 0,sources);return writeFileSync(join(root,CONFIG_PATH),initialConfig(projects),{flag:`wx`}),terminal.stdout.write(`Wrote ${CONFIG_PATH}. Found ${projects.length} ${projects.length===1?`project`:`projects`} of migrations.
Next: migrate-verify check
`),EXIT.clean}function initialConfig(projects){let found=projects.map(({root,framework,migrations})=>`#   ${root}: ${framework}, ${migrations.length} migrations`);return`# migrate-verify needs no configuration: every setting below is the default.
# Found in this repository:
${found.length===0?`#   no migrations yet`:found.join(`
`)}

# The major version of PostgreSQL that production runs; several: [15, 17].
# Unknown means: safe on the oldest supported version, readable on the newest.
# postgres: 16

# recommended, or strict for the opt-in rules too.
extends: recommended

# The level at which findings fail the check: error, warning or never.
fail-on: error

# A rule that is switched off states why; the reason is shown in every report.
# rules:
#   require-lock-timeout: { severity: off, reason: "the runner sets it" }

# Migrations up to here are history, whatever changed.
# baseline: "000040"

verify:
  # expected: a missing down is said; required: it fails; off: downs are not run.
  down: expected
  limits: { statement: 10s, migration: 60s, total: 3m }
`}export{init};