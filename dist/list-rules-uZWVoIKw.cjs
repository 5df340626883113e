require("./keeping-CAcylf3f.cjs");function listRules(rules){let width=Math.max(...rules.map(({id})=>id.length));return`${rules.map(({id,severity,summary,optIn})=>{let mark=optIn===!0?` (opt-in)`:``;return`${severity.padEnd(8)} ${id.padEnd(width)}  ${summary}${mark}`}).join(`
`)}

${rules.length} rules. migrate-verify explain RULE tells more.
`}exports.listRules=listRules;