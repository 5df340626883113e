import{EXIT}from"./chunk-Y657TL65.js";import{allPlaces}from"./chunk-RAX4EZMJ.js";import{untrustedLine}from"./chunk-46IZ3GPJ.js";import{UserError}from"./chunk-MATLCSV6.js";function tellError(error,stderr){return error instanceof UserError?(stderr.write(`migrate-verify: ${untrustedLine(error.message)}
`),error.hint!==void 0&&stderr.write(`  ${untrustedLine(error.hint)}
`),error.exitCode):(stderr.write(`migrate-verify stopped with an error of its own. Please report it, with what stands below.

${stackOf(error)}
`),EXIT.unverified)}function tellUnwritable(error,stderr){let code="code"in error?String(error.code):error.message;if(code!=="EPIPE")return stderr.write(`migrate-verify: The report could not be written (${code}).
`),EXIT.unverified}function tellCrash({rule,module,path,line,error},stderr){let plea=module===void 0?"Please report it, with what":`It comes from ${module}; what`,tail=module===void 0?"stands below.":"it threw stands below.";stderr.write(`
The rule ${rule} stopped with an error of its own at ${path}:${line}; its findings there are missing. ${plea} ${tail}

${stackOf(error)}
`)}function tellContradictions({projects},stderr){let findings=projects.flatMap(({migrations})=>migrations).flatMap(migration=>migration.findings.flatMap(allPlaces));for(let{rule,path,line,evidence}of findings)evidence?.verdict==="contradicted"&&stderr.write(`
The database contradicted ${rule} at ${untrustedLine(path)}:${line}: ${untrustedLine(evidence.text)} Please report it: this is ours to mend.
`)}function stackOf(error){return error instanceof Error?error.stack??error.message:String(error)}export{tellError,tellUnwritable,tellCrash,tellContradictions};
