import{join}from"node:path";import{lstatSync,mkdtempSync,readFileSync,readdirSync,readlinkSync,rmdirSync}from"node:fs";import{once}from"node:events";import{spawn}from"node:child_process";var REMOVE_FOLDER=`
if [ -e "$folder/plain" ] && [ -e "$folder/data/postmaster.pid" ]; then
  for working in /proc/[0-9]*/cwd; do
    if [ "$(readlink "$working")" = "$folder/data" ]; then
      process=\${working%/cwd}
      kill -KILL "\${process#/proc/}"
    fi
  done
  segment=$(sed -n 7p "$folder/data/postmaster.pid")
  if [ -n "$segment" ]; then ipcrm -m "\${segment##* }"; fi
fi
rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
`;var NAME=/^migrate-verify-([0-9a-z]+)-(\d+)-/;function makeOwnFolder(storage){return mkdtempSync(join(storage,`migrate-verify-${processSpace()}-${process.pid}-`))}async function removeAbandonedFolders(storage,user){await Promise.all(readdirSync(storage).filter(name=>isAbandoned(storage,name,user)).map(name=>removeFolder(join(storage,name),user)))}function isAbandoned(storage,name,user){let[,space2,pid]=NAME.exec(name)??[];if(space2!==processSpace()||isAlive(Number(pid)))return!1;try{let entry=lstatSync(join(storage,name));return entry.isDirectory()&&[user?.uid,process.getuid?.()].includes(entry.uid)}catch{return!1}}async function removeFolder(folder,user){try{rmdirSync(folder);return}catch{}let child=spawn(`/bin/sh`,[`-c`,REMOVE_FOLDER],{cwd:`/`,env:{folder},stdio:`ignore`,...user===void 0?{}:{uid:user.uid,gid:user.gid}});await once(child,`close`).catch(()=>{})}function isAlive(pid){try{return process.kill(pid,0),!0}catch(error){return error.code!==`ESRCH`}}var space;function processSpace(){return space??=readProcessSpace(),space}function readProcessSpace(){if(process.platform!==`linux`)return`0`;try{let[container=``]=/\d+/.exec(readlinkSync(`/proc/self/ns/pid`))??[];return`${readFileSync(`/proc/sys/kernel/random/boot_id`,`utf8`).slice(0,4)}${Number(container).toString(36)}`}catch{return`0`}}export{removeFolder as i,makeOwnFolder as n,removeAbandonedFolders as r,REMOVE_FOLDER as t};