var FRAMEWORKS=["prisma","django","golang-migrate","dbmate","goose","diesel","sqlx","flyway","node-pg-migrate","supabase","sql"];export{FRAMEWORKS};
