/*
 * Functions of PostgreSQL and of its contrib extensions by volatility. Written by
 * scripts/builtin-functions.ts from pg_proc of PostgreSQL 18.6; do not edit. A name whose overloads
 * differ is filed under the most volatile of them. Functions that implement operators, input,
 * output or index support are left out.
 */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

export const VOLATILE_FUNCTIONS: ReadonlySet<string> = words(`
  amvalidate array_sample array_shuffle brin_desummarize_range brin_summarize_new_values
  brin_summarize_range clock_timestamp current_query currtid2 currval cursor_to_xml
  cursor_to_xmlschema fips_mode gen_random_bytes gen_random_uuid gen_salt gen_ulid isn_weak lastval
  lo_close lo_creat lo_create lo_export lo_from_bytea lo_get lo_import lo_lseek lo_lseek64 lo_open
  lo_put lo_tell lo_tell64 lo_truncate lo_truncate64 lo_unlink loread lowrite nextval normal_rand
  pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_all
  pg_advisory_unlock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared
  pg_available_wal_summaries pg_backup_start pg_backup_stop pg_blocking_pids pg_cancel_backend
  pg_clear_attribute_stats pg_clear_relation_stats pg_collation_actual_version pg_current_logfile
  pg_database_collation_actual_version pg_database_size pg_export_snapshot pg_extension_config_dump
  pg_get_aios pg_get_backend_memory_contexts pg_get_loaded_modules pg_get_multixact_members
  pg_get_sequence_data pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_wait_events
  pg_hba_file_rules pg_ident_file_mappings pg_import_system_collations pg_indexes_size
  pg_is_in_recovery pg_is_wal_replay_paused pg_isolation_test_session_is_blocked pg_jit_available
  pg_last_committed_xact pg_last_wal_receive_lsn pg_last_wal_replay_lsn
  pg_last_xact_replay_timestamp pg_lock_status pg_log_backend_memory_contexts
  pg_log_standby_snapshot pg_nextoid pg_notification_queue_usage pg_notify pg_partition_ancestors
  pg_partition_tree pg_prepared_xact pg_promote pg_read_binary_file pg_read_file pg_relation_size
  pg_reload_conf pg_restore_attribute_stats pg_restore_relation_stats pg_rotate_logfile
  pg_sequence_last_value pg_sleep pg_sleep_for pg_sleep_until pg_stop_making_pinned_objects
  pg_switch_wal pg_sync_replication_slots pg_table_size pg_tablespace_size pg_terminate_backend
  pg_total_relation_size pg_try_advisory_lock pg_try_advisory_lock_shared pg_try_advisory_xact_lock
  pg_try_advisory_xact_lock_shared pg_xact_commit_timestamp pg_xact_commit_timestamp_origin
  pg_xact_status pgp_pub_encrypt pgp_pub_encrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea
  plpgsql_validator query_to_xml query_to_xml_and_xmlschema query_to_xmlschema random random_normal
  set_config set_limit setseed setval timeofday ts_rewrite ts_stat txid_status ulid_generate
  uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuid_generate_v6 uuid_generate_v7 uuidv4
  uuidv7
`);

export const STABLE_FUNCTIONS: ReadonlySet<string> = words(`
  aclexplode age array_to_json array_to_string col_description concat concat_ws connectby convert
  convert_from convert_to crosstab crosstab2 crosstab3 crosstab4 current_catalog current_database
  current_date current_role current_schema current_schemas current_setting current_time
  current_timestamp current_user database_to_xml database_to_xml_and_xmlschema database_to_xmlschema
  date date_add date_part date_subtract date_trunc enum_first enum_last enum_range extract
  fmgr_c_validator fmgr_internal_validator fmgr_sql_validator format format_type generate_series
  get_current_ts_config getdatabaseencoding getpgusername inet_client_addr inet_client_port
  inet_server_addr inet_server_port json_agg json_agg_strict json_build_array json_build_object
  json_object_agg json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict
  json_populate_record json_populate_recordset json_to_record json_to_recordset json_to_tsvector
  jsonb_agg jsonb_agg_strict jsonb_build_array jsonb_build_object jsonb_path_exists_tz
  jsonb_path_match_tz jsonb_path_query_array_tz jsonb_path_query_first_tz jsonb_path_query_tz
  jsonb_populate_record jsonb_populate_record_valid jsonb_populate_recordset jsonb_to_record
  jsonb_to_recordset jsonb_to_tsvector length localtime localtimestamp make_timestamptz money
  mxid_age now numeric obj_description oidvectortypes overlaps pg_available_extension_versions
  pg_available_extensions pg_backend_pid pg_basetype pg_char_to_encoding pg_client_encoding
  pg_collation_for pg_collation_is_visible pg_column_compression pg_column_is_updatable
  pg_column_size pg_column_toast_chunk_id pg_conf_load_time pg_config pg_conversion_is_visible
  pg_current_snapshot pg_current_xact_id pg_current_xact_id_if_assigned pg_cursor pg_describe_object
  pg_encoding_to_char pg_event_trigger_ddl_commands pg_event_trigger_dropped_objects
  pg_event_trigger_table_rewrite_oid pg_event_trigger_table_rewrite_reason pg_extension_update_paths
  pg_filenode_relation pg_function_is_visible pg_get_acl pg_get_catalog_foreign_keys
  pg_get_constraintdef pg_get_expr pg_get_function_arg_default pg_get_function_arguments
  pg_get_function_identity_arguments pg_get_function_result pg_get_function_sqlbody
  pg_get_functiondef pg_get_indexdef pg_get_keywords pg_get_object_address
  pg_get_partition_constraintdef pg_get_partkeydef pg_get_publication_tables
  pg_get_replica_identity_index pg_get_replication_slots pg_get_ruledef pg_get_serial_sequence
  pg_get_statisticsobjdef pg_get_statisticsobjdef_columns pg_get_statisticsobjdef_expressions
  pg_get_triggerdef pg_get_userbyid pg_get_viewdef pg_has_role pg_identify_object
  pg_identify_object_as_address pg_index_column_has_property pg_index_has_property
  pg_indexam_has_property pg_input_error_info pg_input_is_valid pg_is_other_temp_schema
  pg_listening_channels pg_mcv_list_items pg_my_temp_schema pg_numa_available pg_opclass_is_visible
  pg_operator_is_visible pg_opfamily_is_visible pg_options_to_table pg_postmaster_start_time
  pg_prepared_statement pg_relation_filenode pg_relation_filepath pg_relation_is_publishable
  pg_relation_is_updatable pg_sequence_parameters pg_settings_get_flags pg_split_walfile_name
  pg_table_is_visible pg_tablespace_databases pg_tablespace_location pg_timezone_abbrevs_abbrevs
  pg_timezone_abbrevs_zone pg_timezone_names pg_trigger_depth pg_ts_config_is_visible
  pg_ts_dict_is_visible pg_ts_parser_is_visible pg_ts_template_is_visible pg_type_is_visible
  pg_typeof phraseto_tsquery plainto_tsquery quote_literal quote_nullable regclass
  row_security_active row_to_json schema_to_xml schema_to_xml_and_xmlschema schema_to_xmlschema
  session_user shobj_description show_limit statement_timestamp system_user table_to_xml
  table_to_xml_and_xmlschema table_to_xmlschema time timestamp timestamptz timetz timezone to_char
  to_date to_json to_jsonb to_number to_regclass to_regcollation to_regnamespace to_regoper
  to_regoperator to_regproc to_regprocedure to_regrole to_regtype to_regtypemod to_timestamp
  to_tsquery to_tsvector transaction_timestamp ts_debug ts_headline ts_parse ts_token_type
  txid_current txid_current_if_assigned txid_current_snapshot unaccent user version
  websearch_to_tsquery xml xml_is_well_formed
`);

export const IMMUTABLE_FUNCTIONS: ReadonlySet<string> = words(`
  abbrev abs acldefault acos acosd acosh akeys any_value area armor array_agg array_dims array_fill
  array_length array_lower array_ndims array_position array_positions array_remove array_replace
  array_reverse array_sort array_to_tsvector array_upper ascii asin asind asinh atan atan2 atan2d
  atand atanh avals avg bit bit_and bit_count bit_length bit_or bit_xor bool bool_and bool_or box
  bpchar broadcast bytea cardinality casefold cash_words cbrt ceil ceiling center char char_length
  character_length chr cidr circle citext coalesce corr cos cosd cosh cot cotd count covar_pop
  covar_samp crc32 crc32c crypt cube cube_dim cube_enlarge cube_inter cube_is_point cube_ll_coord
  cube_size cube_subset cube_union cube_ur_coord cume_dist daitch_mokotoff date_bin datemultirange
  daterange dearmor decode decrypt decrypt_iv defined degrees dense_rank dexp diagonal diameter
  difference digest div dlog1 dlog10 dmetaphone dmetaphone_alt dround dtrunc each earth earth_box
  earth_distance encode encrypt encrypt_iv erf erfc every exp factorial family first_value float4
  float8 floor gamma gc_to_sec gcd generate_subscripts get_bit get_byte greatest height hmac host
  hostmask hstore hstore_to_json hstore_to_json_loose hstore_to_jsonb hstore_to_jsonb_loose
  hstore_version_diag icu_unicode_version index initcap int2 int4 int4multirange int4range int8
  int8multirange int8range interval intset is_normalized is_valid isbn isbn13 isclosed isdefined
  isempty isexists isfinite ishorizontal ismn ismn13 isopen isparallel isperp issn issn13 isvertical
  json_array_elements json_array_elements_text json_array_length json_each json_each_text
  json_object json_object_keys json_strip_nulls json_typeof jsonb_array_elements
  jsonb_array_elements_text jsonb_array_length jsonb_each jsonb_each_text jsonb_insert jsonb_object
  jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict
  jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array
  jsonb_path_query_first jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof
  justify_days justify_hours justify_interval lag last_value latitude lca lcm lead least left
  levenshtein levenshtein_less_equal lgamma like like_escape line ll_to_earth ln lo_oid log log10
  longitude lower lower_inf lpad lseg ltree2text ltrim macaddr macaddr8 macaddr8_set7bit make_date
  make_interval make_time make_timestamp make_valid makeaclitem masklen max md5 metaphone min
  min_scale mod mode multirange name nameconcatoid netmask network nlevel normalize notlike npoints
  nth_value ntile nullif num_nonnulls num_nulls numeric_div_trunc numeric_exp numeric_ln numeric_log
  numeric_sqrt nummultirange numnode numrange octet_length oid overlay parse_ident path pclose
  percent_rank percentile_cont percentile_disc pg_encoding_max_length pg_indexam_progress_phasename
  pg_partition_root pg_size_bytes pg_size_pretty pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin
  pg_visible_in_snapshot pgp_armor_headers pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea
  pgp_sym_decrypt pgp_sym_decrypt_bytea pi point polygon popen position postgresql_fdw_validator pow
  power querytree quote_ident radians radius range_agg range_intersect_agg range_merge rank
  regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace
  regexp_split_to_array regexp_split_to_table regexp_substr regr_avgx regr_avgy regr_count
  regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy repeat replace reverse right round
  row_number rpad rtrim satisfies_hash_partition scale sec_to_gc seg_center seg_inter seg_lower
  seg_size seg_union seg_upper set_bit set_byte set_masklen setweight sha224 sha256 sha384 sha512
  show_trgm sign similar_escape similar_to_escape similarity sin sind sinh skeys slice slope sort
  sort_asc sort_desc soundex split_part sqrt stddev stddev_pop stddev_samp strict_word_similarity
  string_agg string_to_array string_to_table strip strpos subarray subltree subpath substr substring
  sum svals tan tand tanh tconvert text text2ltree text_soundex textlen to_ascii to_bin to_hex
  to_oct translate trim_array trim_scale trunc ts_delete ts_filter ts_lexize ts_rank ts_rank_cd
  tsmultirange tsquery_phrase tsrange tstzmultirange tstzrange tsvector_to_array txid_snapshot_xip
  txid_snapshot_xmax txid_snapshot_xmin txid_visible_in_snapshot unicode_assigned unicode_version
  uniq unistr unnest upc upper upper_inf uuid_extract_timestamp uuid_extract_version
  uuid_generate_v3 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500
  var_pop var_samp varbit varchar variance width width_bucket word_similarity xid
  xml_is_well_formed_content xml_is_well_formed_document xmlagg xmlcomment xmlconcat2 xmlexists
  xmltext xmlvalidate xpath xpath_exists
`);
