const require_chunk_CE7XU7DZ=require("./chunk-DzABjVeC.cjs");const require_chunk_SSSGN7KB=require("./chunk-RWe7rgZh.cjs");require("./chunk-DEsKh8N7.cjs");require("./chunk-DVW3V_p8.cjs");const require_chunk_J4N6JSMP=require("./chunk-CfTcsj8c.cjs");const require_chunk_IEFWW32V=require("./chunk-BmcwXT8d.cjs");const require_chunk_RHU7PHC5=require("./chunk-6SFvdGXO.cjs");const require_keeping=require("./keeping-CAcylf3f.cjs");let node_os=require("node:os");let node_path=require("node:path");let node_fs=require("node:fs");let node_crypto=require("node:crypto");let node_events=require("node:events");let node_child_process=require("node:child_process");let node_timers_promises=require("node:timers/promises");let node_fs_promises=require("node:fs/promises");let node_net=require("node:net");function readTarHeader(archive,at){if(archive[at]===0)return;let prefix=text(archive,at+345,155),name=text(archive,at,100);return{name:prefix===``?name:`${prefix}/${name}`,kind:text(archive,at+156,1)===`5`?`folder`:`file`,size:Number.parseInt(text(archive,at+124,12),8)}}function paddedSize(size){return Math.ceil(size/512)*512}var TAR_END=Buffer.alloc(1024);function tarHeader(name,size){let header=Buffer.alloc(512);if(header.write(name)<Buffer.byteLength(name)||Buffer.byteLength(name)>100)throw new Error(`the name ${name} is too long for an archive`);header.write(size===void 0?`0000700\0`:`0000600\0`,100),header.write((size??0).toString(8).padStart(11,`0`),124),header.write(size===void 0?`5`:`0`,156),header.write(`ustar`,257),header.write(`00`,263),header.write(` `.repeat(8),148);let sum=header.reduce((total,byte)=>total+byte,0);return header.write(`${sum.toString(8).padStart(6,`0`)}\0 `,148),header}function tarPadding(size){return Buffer.alloc(paddedSize(size)-size)}function text(archive,start,length){let zero=archive.indexOf(0,start),end=zero<0?start+length:Math.min(zero,start+length);return archive.toString(`utf8`,start,end)}var OWN=new Set([`data/postmaster.pid`,`data/postmaster.opts`]);var EMPTIED=new Set([`data/base/pgsql_tmp`,`data/pg_stat_tmp`]);var PIECE_BYTES=1048576;async function archiveFolder(folder,write){await archiveWithin(folder,`data`,write),write(TAR_END)}async function archiveWithin(folder,path,write){if(write(tarHeader(path,void 0)),!EMPTIED.has(path))for(let entry of await(0,node_fs_promises.readdir)((0,node_path.join)(folder,path),{withFileTypes:!0})){let name=`${path}/${entry.name}`;entry.isDirectory()?await archiveWithin(folder,name,write):OWN.has(name)||await archiveFile(folder,name,write)}}async function archiveFile(folder,name,write){var _stack=[];try{let file=require_keeping.o(_stack,await(0,node_fs_promises.open)((0,node_path.join)(folder,name),`r`),!0);let{size}=await file.stat();write(tarHeader(name,size));for await(let piece of piecesOf(file,0,size))write(piece);write(tarPadding(size))}catch(_){var _error=_,_hasError=!0}finally{var _promise=require_keeping.t(_stack,_error,_hasError);_promise&&await _promise}}async function unpackFolder({path,bytes,crc},folder,user){var _stack=[];try{if(await require_chunk_CE7XU7DZ.o(path,bytes)!==crc)throw new Error(`${path} is damaged`);let archive=require_keeping.o(_stack,await(0,node_fs_promises.open)(path,`r`),!0);for(let at=0;at<bytes;)for await(let block of piecesOf(archive,at,512)){let header=readTarHeader(block,0);if(header===void 0)return;await unpackEntry(archive,at+512,header,{folder,user}),at+=512+paddedSize(header.size)}}catch(_){var _error=_,_hasError=!0}finally{var _promise=require_keeping.t(_stack,_error,_hasError);_promise&&await _promise}}async function unpackEntry(archive,at,{name,kind,size},{folder,user}){if(!/^data(?:\/[\w.-]+)*$/.test(name)||name.includes(`..`))throw new Error(`an archive of a data directory holds ${name}`);let target=(0,node_path.join)(folder,name);if(kind===`folder`)await(0,node_fs_promises.mkdir)(target,{mode:448});else{var _stack=[];try{let file=require_keeping.o(_stack,await(0,node_fs_promises.open)(target,`wx`,384),!0);for await(let piece of piecesOf(archive,at,size))await file.writeFile(piece)}catch(_){var _error=_,_hasError=!0}finally{var _promise=require_keeping.t(_stack,_error,_hasError);_promise&&await _promise}}user!==void 0&&await(0,node_fs_promises.chown)(target,user.uid,user.gid)}async function*piecesOf(file,from,bytes){for(let at=0;at<bytes;){let room=Buffer.allocUnsafe(Math.min(PIECE_BYTES,bytes-at)),{bytesRead}=await file.read(room,0,room.length,from+at);if(bytesRead===0)throw new Error(`a file is shorter than it was`);yield room.subarray(0,bytesRead),at+=bytesRead}}function configure({binaries,data},port,phase,platform=process.platform){let settings=[...loopbackSettings(port,phase,platform),...require_chunk_CE7XU7DZ.p(binaries.major)];(0,node_fs.writeFileSync)((0,node_path.join)(data,`postgresql.auto.conf`),settingsFile(settings)),(0,node_fs.writeFileSync)((0,node_path.join)(data,`pg_hba.conf`),hostBasedAuthentication(phase))}function loopbackSettings(port,phase,platform){return[`listen_addresses=127.0.0.1`,`port=${port}`,`unix_socket_directories=`,`password_encryption=scram-sha-256`,`dynamic_shared_memory_type=${platform===`win32`?`windows`:`mmap`}`,`log_min_messages=${phase===`work`?`panic`:`log`}`]}function settingsFile(settings){return settings.map(setting=>{let equals=setting.indexOf(`=`),value=setting.slice(equals+1).replaceAll(/['\\]/g,`$&$&`);return`${setting.slice(0,equals)} = '${value}'
`}).join(``)}function hostBasedAuthentication(phase){let{superuser,database,migrations,tracer,tracerDatabase}=require_chunk_CE7XU7DZ.n;return(phase===`set-up`?[`all ${superuser}`]:[`${database} ${migrations}`,`${tracerDatabase} ${tracer}`]).map(who=>`host ${who} 127.0.0.1/32 scram-sha-256
`).join(``)}function newPassword(){return(0,node_crypto.randomBytes)(24).toString(`hex`)}var KEPT=`cluster`;var LOCK_TIMEOUT_MS=1e4;var NOT_ALLOWED=`28000`;function initdbArguments(major){return[`--no-sync`,`--encoding=UTF8`,`--locale=C`,...major>=17?[`--locale-provider=builtin`,`--builtin-locale=C.UTF-8`]:[],`--wal-segsize=1`,`--auth=scram-sha-256`,`--username=${require_chunk_CE7XU7DZ.n.superuser}`]}function loopbackIdentity({bin,major},user){let program=(0,node_path.join)(bin,process.platform===`win32`?`postgres.exe`:`postgres`),{size,mtimeMs}=(0,node_fs.statSync)(program),owner=user?.uid??process.getuid?.();return JSON.stringify([program,size,mtimeMs,initdbArguments(major),require_chunk_CE7XU7DZ.m(major),owner])}async function makeData(surroundings){let{folder,data,user}=surroundings,store=clusterStore(surroundings),kept=store.find([KEPT]);if(kept!==void 0)try{return await unpackFolder(kept,folder,user),{password:String(kept.state.memo),isBare:!1}}catch{store.remove(kept),(0,node_fs.rmSync)(data,{recursive:!0,force:!0})}let password=newPassword();return await initialize(surroundings,password),{password,isBare:!0}}async function initialize(surroundings,password){let{binaries,folder,data,user}=surroundings,file=(0,node_path.join)(folder,`password`);(0,node_fs.writeFileSync)(file,password,{mode:384}),user!==void 0&&(0,node_fs.chownSync)(file,user.uid,user.gid);let args=[...initdbArguments(binaries.major),`--pwfile=${file}`,data];await require_chunk_CE7XU7DZ.d((0,node_path.join)(binaries.bin,`initdb`),args,surroundings),(0,node_fs.rmSync)(file)}async function finishCluster(server){let{surroundings,login,cluster}=server;cluster.isBare&&(await runAll(login,[...require_chunk_CE7XU7DZ.m(surroundings.binaries.major),`CHECKPOINT`]),await clusterStore(surroundings).keep({key:KEPT,memo:cluster.password},write=>archiveFolder(surroundings.folder,write)))}async function createExtensions({login},extensions){extensions.length!==0&&await runAll({...login,database:require_chunk_CE7XU7DZ.n.database},extensions.map(require_chunk_CE7XU7DZ.s))}async function lock({surroundings,login},passwords){await runAll(login,Object.entries(passwords).map(([role,password])=>`ALTER ROLE ${role} PASSWORD '${password}'`),()=>configure(surroundings,login.port,`work`));let deadline=performance.now()+LOCK_TIMEOUT_MS;for(;await letsIn(login);){if(performance.now()>deadline)throw new Error(`the server does not read its settings`);await(0,node_timers_promises.setTimeout)(10)}}async function letsIn(login){try{return(await require_chunk_SSSGN7KB.r.open(login)).close(),!0}catch(error){if(error.code===NOT_ALLOWED)return!1;throw error}}async function runAll(login,statements,change){let session=await require_chunk_SSSGN7KB.r.open(login);try{for(let statement of statements)await session.command(statement);change?.(),change!==void 0&&await session.command(`SELECT pg_catalog.pg_reload_conf()`)}finally{session.close()}}function clusterStore({binaries,user}){return new require_chunk_IEFWW32V.t({folder:(0,node_path.join)((0,node_os.tmpdir)(),`migrate-verify-${process.getuid?.()??0}-clusters`),root:``,engine:loopbackIdentity(binaries,user),writes:!0})}function environmentOn({binaries,folder,environment},platform=process.platform){if(platform!==`win32`)return{...environment};let root=systemRoot();return{SystemRoot:root,ComSpec:`${root}\\System32\\cmd.exe`,PATH:[binaries.bin,`${root}\\System32`].join(node_path.delimiter),TEMP:folder,TMP:folder}}function systemRoot(){return process.env.SystemRoot??`C:\\Windows`}var KEEPER=String.raw`
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const { join } = require("node:path");
const { setTimeout: wait } = require("node:timers/promises");

const [, folder, pgCtl, killing] = process.argv;
const data = join(folder, "data");
let starts = 0;

// Its output goes to a file: the server inherits it, and a pipe would stay open with the server.
function run(program, args, output = join(folder, "end.log")) {
  let said;
  try {
    said = fs.openSync(output, "a");
  } catch {
    said = "ignore";
  }
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", said, said], windowsHide: true });
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code) => resolve(code));
  })
    .catch((error) => error.message)
    .finally(() => said === "ignore" || fs.closeSync(said));
}

const read = (path) => {
  try {
    return fs.readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

// Each start has files of its own: a server that is just ending may hold those of the one before.
async function start() {
  starts += 1;
  const texts = ["pg_ctl", "server"].map((name) => join(folder, name + "-" + starts + ".log"));
  const args = ["start", "-w", "-t", "60", "-s", "-D", data, "-l", texts[1]];
  const code = await run(pgCtl, args, texts[0]);
  const complaint = [code, ...texts.map(read)].join("\n").slice(0, 4000);
  process.stdout.write(code === 0 ? "\n" : JSON.stringify(complaint) + "\n");
}

// On Windows nobody can rename a folder that some process works in, and a file's word may be old.
function isUsed() {
  if (process.platform !== "win32") return fs.existsSync(join(data, "postmaster.pid"));
  try {
    fs.renameSync(data, data + ".ended");
    return false;
  } catch (error) {
    return error.code !== "ENOENT";
  }
}

async function isUsedFor(ms) {
  const until = performance.now() + ms;
  while (isUsed()) {
    if (performance.now() >= until) return true;
    await wait(20);
  }
  return false;
}

async function end() {
  if (isUsed()) {
    const pid = Number.parseInt(read(join(data, "postmaster.pid")), 10);
    // It ends its sessions at once, whatever they are doing, and kills those that do not.
    await run(pgCtl, ["stop", "-m", "immediate", "-w", "-t", "10", "-s", "-D", data]);
    if (await isUsedFor(2000)) {
      const [program, ...args] = JSON.parse(killing).map((word) => word.replaceAll("{pid}", pid));
      await run(program, args);
      await isUsedFor(2000);
    }
  }
  for (let tries = 0; tries < 100; tries++) {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    } catch {
      // What looks for viruses may still read it.
      await wait(100);
    }
  }
  process.exit(1);
}

// One after the other.
let last = Promise.resolve();
const then = (work) => {
  last = last.then(work, end);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
process.on("uncaughtException", () => then(end));
process.stdout.on("error", () => undefined);
process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => {
  for (const _ of text.matchAll(/\n/g)) then(start);
});
process.stdin.on("end", () => then(end));
process.stdin.on("error", () => then(end));
`;function killingCommand(folder,platform=process.platform){return platform!==`win32`?[`/bin/sh`,`-c`,`folder=$1; : >"$folder/plain"
${require_chunk_CE7XU7DZ.h}`,`sh`,folder]:[`${systemRoot()}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,`-NoProfile`,`-NonInteractive`,`-Command`,`Get-CimInstance Win32_Process -Filter 'Name=''postgres.exe'' AND (ProcessId={pid} OR ParentProcessId={pid})' | ForEach-Object { Stop-Process -Force -Id $_.ProcessId }`]}var PATIENCE_MS=45e3;var MOST_TRIES=5;var PORT_TAKEN=`could not create any TCP/IP sockets`;var LoopbackServer=class{#folder;#surroundings;#patienceMs;#keeper;#exited;#answer=()=>{};#said=``;constructor(surroundings,patienceMs=PATIENCE_MS){this.#surroundings=surroundings,this.#folder=surroundings.folder,this.#patienceMs=patienceMs,this.#keeper=startKeeper(surroundings,this.#folder,`pipe`),this.#exited=(0,node_events.once)(this.#keeper,`close`).catch(()=>{}),this.#keeper.stdin?.on(`error`,()=>{}),this.#keeper.stdout?.setEncoding(`utf8`).on(`data`,text2=>this.#read(text2)),this.#keeper.on(`error`,error=>this.#answer(error.message)),this.#keeper.on(`close`,()=>this.#answer(`what keeps the server ended`))}async start(configure2){for(let tries=1;;tries++){let port=await freePort();configure2(port);let complaint=await this.#try();if(complaint===void 0)return port;if(tries===MOST_TRIES||!complaint.includes(PORT_TAKEN))throw new Error(`postgres did not start: ${complaint.trim()}`)}}async#try(){if(this.#keeper.exitCode!==null)return`what keeps the server ended`;let answered=new Promise(resolve=>{this.#answer=resolve});return this.#keeper.stdin?.write(`start
`),answered}async stop(){if(this.#keeper.stdin?.end(),await Promise.race([this.#exited,(0,node_events.once)(AbortSignal.timeout(this.#patienceMs),`abort`)]),this.#keeper.exitCode===0||this.#keeper.pid===void 0)return;this.#keeper.kill(`SIGKILL`),await this.#exited,await removeServer(this.#surroundings,this.#folder);let outcome=(0,node_fs.existsSync)(this.#folder)?`its folder is left`:`was killed`;throw new Error(`the server in ${this.#folder} did not end and ${outcome}`)}#read(text2){this.#said+=text2;let[line,...more]=this.#said.split(`
`);line===void 0||more.length===0||(this.#said=more.join(`
`),this.#answer(line===``?void 0:JSON.parse(line)))}};async function removeServer(surroundings,folder){let keeper=startKeeper(surroundings,folder,`ignore`);keeper.stdin?.on(`error`,()=>{}).end(),await(0,node_events.once)(keeper,`close`).catch(()=>{})}async function sweep(surroundings,folders,patienceMs=5e3){let removals=folders.map(folder=>{let keeper=startKeeper(surroundings,folder,`ignore`);return keeper.stdin?.on(`error`,()=>{}).end(),keeper.unref(),(0,node_events.once)(keeper,`exit`).catch(()=>{})}),enough=new AbortController,patience=(0,node_timers_promises.setTimeout)(patienceMs,void 0,{signal:enough.signal});await Promise.race([Promise.all(removals),patience]),enough.abort(),await patience.catch(()=>{})}function startKeeper({binaries,user,environment},folder,output){let killing=JSON.stringify(killingCommand(folder)),args=[`--eval`,KEEPER,`--`,folder,(0,node_path.join)(binaries.bin,`pg_ctl`),killing];return(0,node_child_process.spawn)(process.execPath,args,{cwd:(0,node_path.parse)(folder).root,env:environment,detached:!0,windowsHide:!0,stdio:[`pipe`,output,`ignore`],...user===void 0?{}:{uid:user.uid,gid:user.gid}})}async function freePort(){let probe=(0,node_net.createServer)().listen(0,`127.0.0.1`);await(0,node_events.once)(probe,`listening`);let{port}=probe.address();return probe.close(),await(0,node_events.once)(probe,`close`),port}function loopbackEngine(options){let{binaries,snapshots,storage=(0,node_os.tmpdir)()}=options;return require_chunk_CE7XU7DZ.f({binaries,snapshots,identity:()=>loopbackIdentity(binaries,require_chunk_J4N6JSMP.a()),start:how=>{let made=require_chunk_CE7XU7DZ.l(binaries,storage);return new LoopbackStart({...made,environment:environmentOn(made),sandbox:require_chunk_J4N6JSMP.i(made.user),unwanted:how.unwanted},options,how).open()}})}var LoopbackStart=class{#surroundings;#options;#how;#server;#startedAt=performance.now();#passwords={[require_chunk_CE7XU7DZ.n.migrations]:newPassword(),[require_chunk_CE7XU7DZ.n.tracer]:newPassword()};#port=0;constructor(surroundings,options,how){this.#surroundings=surroundings,this.#options=options,this.#how=how,this.#server=new LoopbackServer(surroundings,options.patienceMs)}async open(){let{storage,user}=this.#surroundings,swept=sweep(this.#surroundings,require_chunk_CE7XU7DZ.g(storage,user));try{let password=await this.#start(),login=this.#loginTo(require_chunk_CE7XU7DZ.n.migrations,require_chunk_CE7XU7DZ.n.database),session=await require_chunk_SSSGN7KB.r.open(login),version=await session.version();return await swept,this.#databaseOf(session,{login,version,password})}catch(error){throw await this.#server.stop(),await swept,error}}async#start(){let surroundings=this.#surroundings,{from}=this.#how,cluster=from===void 0?await makeData(surroundings):await this.#unpack(from);this.#port=await this.#server.start(port=>configure(surroundings,port,`set-up`));let unlocked={surroundings,login:{...this.#loginTo(require_chunk_CE7XU7DZ.n.superuser,require_chunk_CE7XU7DZ.n.tracerDatabase),password:cluster.password},cluster};return await finishCluster(unlocked),from===void 0&&await createExtensions(unlocked,this.#options.extensions??[]),await lock(unlocked,this.#passwords),cluster.password}async#unpack(from){let{folder,user}=this.#surroundings;return await unpackFolder(from,folder,user),{password:from.state.memo.password,isBare:!1}}#databaseOf(session,known){let{login,version,password}=known,{production=[],mostDiskBytes=require_chunk_CE7XU7DZ.i}=this.#options,{data,sandbox,binaries}=this.#surroundings,disk=new require_chunk_CE7XU7DZ.r(data,mostDiskBytes,()=>this.#server.stop()),engine={name:`postgres`,version,limits:[...[...limitsOf(sandbox.user?.name,binaries.major)],...require_chunk_RHU7PHC5.r(version,production)],startMs:Math.round(performance.now()-this.#startedAt),...require_chunk_J4N6JSMP.n(sandbox)};return new require_chunk_SSSGN7KB.n(engine,session,{...this.#keeping(password),remove:async()=>{disk.end(),await this.#server.stop()},createRole:async name=>(await this.#trace(require_chunk_CE7XU7DZ.c(name)),!0),connect:()=>require_chunk_SSSGN7KB.r.open(login),endedBecause:()=>disk.exceeded})}#keeping(password){let{from,snapshots}=this.#how;from!==void 0&&snapshots?.touch(from);let kept=from&&{...from.state,memo:from.state.memo.memo};return snapshots?.writes!==!0?{kept}:{kept,keep:({key,memo})=>snapshots.keep({key,memo:{password,memo}},async write=>{await this.#trace(require_chunk_CE7XU7DZ.t),await archiveFolder(this.#surroundings.folder,write)})}}#trace(sql){return require_chunk_SSSGN7KB.i(this.#loginTo(require_chunk_CE7XU7DZ.n.tracer,require_chunk_CE7XU7DZ.n.tracerDatabase),sql)}#loginTo(user,database){let password=this.#passwords[user]??``;return{host:`127.0.0.1`,port:this.#port,user,database,password,ssl:!1}}};function limitsOf(user=`the user who ran this program`,major){return[require_chunk_CE7XU7DZ.a,`The database ran as ${user}, with an environment of its own, but in no sandbox of the operating system, which grants none here: only PostgreSQL's own privileges keep SQL from files, programs and the network.`,`The database was reached on a port of 127.0.0.1 and not on a socket in a folder, because Node.js has none on Windows: others on this machine could knock, and what kept them out is a password that was made for this run.`,`The system set the database no limit of memory or of the size of a file: what its files hold together was watched, and time was limited.`,...major>=17?[]:[`The database was made with the locale C, as Windows has no C.UTF-8: upper() and lower() know the letters of ASCII only.`]]}exports.loopbackEngine=loopbackEngine;