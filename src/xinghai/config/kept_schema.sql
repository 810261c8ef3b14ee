-- Made by `./xinghai keep-schema`; not edited by hand (see kept_schema.py).
-- PostgreSQL 18
-- migration accounts 0001_initial 7a6977b7fe0d95b2
-- migration account 0001_initial 6f27ff6bdf57521a
-- migration account 0002_email_max_length c956ab7a3c3660a1
-- migration account 0003_alter_emailaddress_create_unique_verified_email 66b6f1939621bcfa
-- migration account 0004_alter_emailaddress_drop_unique_email ebc6317e90c47d7a
-- migration account 0005_emailaddress_idx_upper_email e7569f1662da1754
-- migration account 0006_emailaddress_lower 54adb08cb3fba66b
-- migration account 0007_emailaddress_idx_email 87fad70bfde8ae29
-- migration account 0008_emailaddress_unique_primary_email_fixup 794bf875bdbef9c4
-- migration account 0009_emailaddress_unique_primary_email 79762cfa7b1e1d7c
-- migration kernel 0001_initial 7140fae142d4bf7b
-- migration kernel 0002_calendar fce1b65a0ac554f1
-- migration kernel 0003_messages 2ac98d46eb748088
-- migration kernel 0004_message 75c365d92f81af41
-- migration kernel 0005_seal_subtrees b3932fe99c5d44d4
-- migration kernel 0006_event_details 745efcdd0e00010d
-- migration sessions 0001_initial 2aa438e2393ee513
-- migration accounts 0002_likeness_of_names 7e9f17083ccf9bdb
-- migration accounts 0003_session 54420c309d83ca5e
-- migration accounts 0004_appointments 94816a46134132b8
-- migration accounts 0005_recommending c07b398d676f4a7a
-- migration accounts 0006_histories 021aba1484a90410
-- migration accounts 0007_person b0897b51378318a6
-- migration accounts 0008_city 59b3581999835514
-- migration accounts 0009_departments 3fbdadd34b890e0e
-- migration accounts 0010_merged_units 639ecaf4de65660f
-- migration accounts 0011_registered_by_the_databases_clock cc949bad5980f5f4
-- migration contenttypes 0001_initial 35ed8489a147e0b4
-- migration contenttypes 0002_remove_content_type_name 7d36494075750f0e
-- migration auth 0001_initial 845cff319606332f
-- migration auth 0002_alter_permission_name_max_length feaf97e0e8f7d148
-- migration auth 0003_alter_user_email_max_length 9d5657b4db9872dc
-- migration auth 0004_alter_user_username_opts 9538db342c9a9bec
-- migration auth 0005_alter_user_last_login_null 79f60a35dc000fdd
-- migration auth 0006_require_contenttypes_0002 00cb16e3405f14b6
-- migration auth 0007_alter_validators_add_error_messages 115db87dc327530f
-- migration auth 0008_alter_user_username_max_length 02857f65f7d64814
-- migration auth 0009_alter_user_last_name_max_length 19a89500e7f108a7
-- migration auth 0010_alter_group_name_max_length 0963ed6498ac0b3a
-- migration auth 0011_update_proxy_permissions 85a5dde708dc4b61
-- migration auth 0012_alter_user_first_name_max_length 6cefbc9f80903763
-- migration axes 0001_initial e4c0194cf158395b
-- migration axes 0002_auto_20151217_2044 a092989bdd502de7
-- migration axes 0003_auto_20160322_0929 ff269df1341caca0
-- migration axes 0004_auto_20181024_1538 71cdafbe7458c772
-- migration axes 0005_remove_accessattempt_trusted baf3f5f6de5b5ee8
-- migration axes 0006_remove_accesslog_trusted 82850f25ae37e081
-- migration axes 0007_alter_accessattempt_unique_together c9fdd81629030721
-- migration axes 0008_accessfailurelog 2680dce9ecfcd4df
-- migration axes 0009_add_session_hash 82762be269ea4c62
-- migration axes 0010_accessattemptexpiration 524ca5b4566a41b8
-- migration calls 0001_initial fa32dc0e9fa3be4a
-- migration suggestions 0001_initial c525a46162fbe18b
-- migration suggestions 0002_desk bb2d52f6feb20b60
-- migration calls 0002_questions cef683499bd73a49
-- migration suggestions 0003_likeness d68f5725c8655757
-- migration suggestions 0004_states f3e692187b798bd9
-- migration suggestions 0005_one_form a089416d70899d44
-- migration calls 0003_one_form a5eab680a5614edd
-- migration calls 0004_kind 91371754703a9587
-- migration calls 0005_recommending 20e0a9a4944b2afe
-- migration calls 0006_purposes 6bfef91e58d5496f
-- migration calls 0007_years 780448b583a15300
-- migration calls 0008_route_by_answer 49a9e394f8b8aa5d
-- migration submissions 0001_initial 540443735ee59b9b
-- migration casework 0001_initial 8b2a46e902df18d4
-- migration corpus 0001_initial 6418091145bf0a21
-- migration procrastinate 0001_initial be81516c79d02f26
-- migration procrastinate 0002_drop_started_at_column 2ead163c1ce2991d
-- migration procrastinate 0003_drop_started_at_column 740f2d8ff02c0bb5
-- migration procrastinate 0004_drop_procrastinate_version_table 9f48b76f59a9cc8c
-- migration procrastinate 0005_fix_procrastinate_fetch_job 6a8e4055ab8e463d
-- migration procrastinate 0006_fix_trigger_status_events_insert d9d2f532a094aa09
-- migration procrastinate 0007_add_queueing_lock_column dc12645a882f2067
-- migration procrastinate 0008_close_fetch_job_race_condition 74c7c44a68d3c204
-- migration procrastinate 0009_add_defer_job_function b9d529f1bb143b09
-- migration procrastinate 0010_add_procrastinate_periodic_defers bd1aa56a04f86df5
-- migration procrastinate 0011_add_foreign_key_index 25cc0914481114fd
-- migration procrastinate 0012_add_locks_to_periodic_defer 7cf8863ace39220c
-- migration procrastinate 0013_fix_procrastinate_defer_periodic_job 4d5072911b8c904c
-- migration procrastinate 0014_add_finish_job_and_retry_job_functions 20ebed9ca30246c8
-- migration procrastinate 0015_add_trigger_on_job_deletion 41bec3a5111ff97f
-- migration procrastinate 0016_delete_finished_jobs aa4d841aae25c4b1
-- migration procrastinate 0017_add_checks_to_finish_job fa9f208ddf3368de
-- migration procrastinate 0018_add_checks_to_retry_job 893bfc867f1594eb
-- migration procrastinate 0019_fix_finish_job_compat_issue 4c85f00a990bb3d7
-- migration procrastinate 0020_add_index_on_procrastinate_jobs 5a93c4ea92b856f5
-- migration procrastinate 0021_add_kwargs_to_defer_periodic_job 88dd3371cbdee2ba
-- migration procrastinate 0022_null_locks_excluded 2d5b088f88e89d69
-- migration procrastinate 0023_remove_old_finish_job_function 89267383eac7bb81
-- migration procrastinate 0024_job_id_bigint 27108dc62abe6372
-- migration procrastinate 0025_add_models 29580ceb9d30811c
-- migration procrastinate 0026_add_job_priority 4f7746b8edef802a
-- migration procrastinate 0027_add_periodic_job_priority 17e24782e5f4b56e
-- migration procrastinate 0028_add_cancel_states 2831656624aa9165
-- migration procrastinate 0029_add_additional_params_to_retry_job 50d48f155234960c
-- migration procrastinate 0030_alter_procrastinateevent_options 94486414b944e707
-- migration procrastinate 0031_add_indexes_for_fetch_job c7235c71c0c003fd
-- migration procrastinate 0032_pre_cancel_notification 42c97f730f7f0edd
-- migration procrastinate 0033_post_cancel_notification 8bd0e84d1e45311e
-- migration procrastinate 0034_pre_add_heartbeat 844ed448222ba8b1
-- migration procrastinate 0035_post_add_heartbeat 0cbd71b8406c14f4
-- migration procrastinate 0036_add_worker_model f996e8059968a3a4
-- migration procrastinate 0037_pre_batch_defer_jobs 0d7d4294e8aa2749
-- migration procrastinate 0038_post_batch_defer_jobs 503152d687e3e49b
-- migration procrastinate 0039_pre_priority_lock_fetch_job aba2087cb2b69233
-- migration procrastinate 0040_pre_retry_failed_job f6d2a552fbbc5088
-- migration procrastinate 0041_post_retry_failed_job 2c8dc359b30362a9
-- migration submissions 0002_queued_jobs 411cdd3810593aa4
-- migration submissions 0003_words_of_messages d0ed635f852cf6f2
-- migration kernel 0007_message_key 47c4df410329208f
-- migration submissions 0004_attachments 8a209d3f6688c201
-- migration submissions 0005_seats 96b8db9110e8a9d5
-- migration duplicates 0001_initial 424ed281c3a58e30
-- migration duplicates 0002_rewording 9437bed163dda89f
-- migration kernel 0008_changecount 89efaebc8e91681b
-- migration kernel 0009_count_once ac55401b2e2428fd
-- migration kernel 0010_refused_files 0acc9ec248d80b25
-- migration mfa 0001_initial a42b6353f2ed5dd7
-- migration mfa 0002_authenticator_timestamps b6566eb07301e2e4
-- migration mfa 0003_authenticator_type_uniq 88550a456154080c
-- migration suggestions 0006_rooms 09de94e87059bb59
-- migration suggestions 0007_recommending ea2d0e52e62e3a37
-- migration suggestions 0008_amount 8b796d644066739a
-- migration portal 0001_watched_tables 8017b8f47394a0e0

--
-- PostgreSQL database dump
--


-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: procrastinate_job_event_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);


--
-- Name: procrastinate_job_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);


--
-- Name: procrastinate_job_to_defer_v1; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);


--
-- Name: _pgtrigger_should_ignore(name); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;


--
-- Name: kernel_count_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.kernel_count_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    DECLARE
        noted constant text := 'xinghai.counted_' || TG_TABLE_NAME;
        step bigint;
    BEGIN
        IF current_setting(noted, true) = 'yes'
            AND current_setting('xinghai.count_each', true) IS DISTINCT FROM 'yes'
        THEN
            RETURN NULL;
        END IF;
        step := 1 + floor(random() * 1000000000)::bigint;
        UPDATE public.kernel_changecount SET tally = tally + step WHERE id = (
            SELECT id FROM public.kernel_changecount WHERE topic = TG_TABLE_NAME
            LIMIT 1 FOR UPDATE SKIP LOCKED
        );
        IF NOT FOUND THEN
            INSERT INTO public.kernel_changecount (topic, tally) VALUES (TG_TABLE_NAME, step);
        END IF;
        PERFORM set_config(noted, 'yes', true);
        RETURN NULL;
    END
    $$;


--
-- Name: pgtrigger_append_only_12968(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_12968() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END;
            $$;


--
-- Name: pgtrigger_append_only_35e98(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_35e98() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END;
            $$;


--
-- Name: pgtrigger_append_only_3ae04(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_3ae04() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END;
            $$;


--
-- Name: pgtrigger_append_only_3bdd8(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_3bdd8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END;
            $$;


--
-- Name: pgtrigger_append_only_3ef4b(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_3ef4b() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END;
            $$;


--
-- Name: pgtrigger_append_only_90eb4(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_90eb4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END;
            $$;


--
-- Name: pgtrigger_append_only_a813c(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_a813c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END;
            $$;


--
-- Name: pgtrigger_belongs_to_its_process_0a5d1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_belongs_to_its_process_0a5d1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF NOT EXISTS (
                SELECT FROM submissions_dossier WHERE id = NEW.id AND process = 'suggestion'
            ) THEN
                RAISE EXCEPTION 'a row of % needs a dossier of suggestion', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_frozen_1ae56(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_frozen_1ae56() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF OLD."answers" IS DISTINCT FROM NEW."answers" OR OLD."version" IS DISTINCT FROM NEW."version" OR OLD."suggestion_id" IS DISTINCT FROM NEW."suggestion_id" THEN
                RAISE EXCEPTION 'a frozen column of % cannot change', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_frozen_2062f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_frozen_2062f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF OLD."call_id" IS DISTINCT FROM NEW."call_id" OR OLD."asked_by_id" IS DISTINCT FROM NEW."asked_by_id" OR OLD."asked_at" IS DISTINCT FROM NEW."asked_at" OR OLD."text" IS DISTINCT FROM NEW."text" THEN
                RAISE EXCEPTION 'a frozen column of % cannot change', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_frozen_d54a1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_frozen_d54a1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF OLD."answers" IS DISTINCT FROM NEW."answers" OR OLD."version" IS DISTINCT FROM NEW."version" OR OLD."dossier_id" IS DISTINCT FROM NEW."dossier_id" THEN
                RAISE EXCEPTION 'a frozen column of % cannot change', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_frozen_f0cbd(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_frozen_f0cbd() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF OLD."call_id" IS DISTINCT FROM NEW."call_id" OR OLD."key" IS DISTINCT FROM NEW."key" OR OLD."version" IS DISTINCT FROM NEW."version" OR OLD."definition" IS DISTINCT FROM NEW."definition" OR OLD."definition_hash" IS DISTINCT FROM NEW."definition_hash" THEN
                RAISE EXCEPTION 'a frozen column of % cannot change', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_only_erased_beef8(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_only_erased_beef8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION '% cannot be deleted', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF (OLD."event_id" IS DISTINCT FROM NEW."event_id") OR ((OLD."text_erased_at" IS DISTINCT FROM NEW."text_erased_at" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."private" IS DISTINCT FROM NEW."private" OR OLD."text_salt" IS DISTINCT FROM NEW."text_salt") AND (OLD."text_erased_at" IS NOT NULL OR NEW."text_erased_at" IS NULL)) OR ((OLD."address_erased_at" IS DISTINCT FROM NEW."address_erased_at" OR OLD."address" IS DISTINCT FROM NEW."address" OR OLD."address_salt" IS DISTINCT FROM NEW."address_salt") AND (OLD."address_erased_at" IS NOT NULL OR NEW."address_erased_at" IS NULL)) THEN
                RAISE EXCEPTION '% can only be erased', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_state_guard_6d6b0(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_state_guard_6d6b0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'asked' THEN
                    RAISE EXCEPTION 'a new row of % starts as asked', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_state_guard_74d36(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_state_guard_74d36() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'draft' THEN
                    RAISE EXCEPTION 'a new row of % starts as draft', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_state_guard_bb9ca(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_state_guard_bb9ca() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'pending' THEN
                    RAISE EXCEPTION 'a new row of % starts as pending', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_state_guard_c486e(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_state_guard_c486e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'open' THEN
                    RAISE EXCEPTION 'a new row of % starts as open', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_state_guard_c986f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_state_guard_c986f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'draft' THEN
                    RAISE EXCEPTION 'a new row of % starts as draft', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_state_guard_db0c5(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_state_guard_db0c5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'asked' THEN
                    RAISE EXCEPTION 'a new row of % starts as asked', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: pgtrigger_state_guard_fbaea(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_state_guard_fbaea() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'asked' THEN
                    RAISE EXCEPTION 'a new row of % starts as asked', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            ELSIF OLD.state IS DISTINCT FROM NEW.state AND
                current_setting('xinghai.transition', true) IS DISTINCT FROM
                    TG_TABLE_NAME || ':' || NEW.id::text || ':' || NEW.state
            THEN
                RAISE EXCEPTION 'the state of % changes only through the workflow', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        
                END;
            $$;


--
-- Name: procrastinate_cancel_job_v1(bigint, boolean, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;


--
-- Name: procrastinate_defer_jobs_v1(public.procrastinate_job_to_defer_v1[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;


--
-- Name: procrastinate_defer_periodic_job_v2(character varying, character varying, character varying, character varying, integer, character varying, bigint, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: procrastinate_jobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);


--
-- Name: procrastinate_fetch_job_v2(character varying[], bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;


--
-- Name: procrastinate_finish_job_v1(bigint, public.procrastinate_job_status, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;


--
-- Name: procrastinate_notify_queue_abort_job_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_notify_queue_job_inserted_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_prune_stalled_workers_v1(double precision); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;


--
-- Name: procrastinate_register_worker_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;


--
-- Name: procrastinate_retry_job_v1(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;


--
-- Name: procrastinate_retry_job_v2(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;


--
-- Name: procrastinate_trigger_abort_requested_events_procedure_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_scheduled_events_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_status_events_insert_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_status_events_update_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_unlink_periodic_defers_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;


--
-- Name: procrastinate_unregister_worker_v1(bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;


--
-- Name: procrastinate_update_heartbeat_v1(bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;


--
-- Name: account_emailaddress; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);


--
-- Name: account_emailaddress_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: account_emailconfirmation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);


--
-- Name: account_emailconfirmation_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_appointment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_appointment (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    appointed_by_id bigint,
    body_id bigint,
    office_id bigint,
    user_id bigint NOT NULL,
    CONSTRAINT appointment_at_bureau_or_body CHECK ((((body_id IS NULL) AND ((role)::text = ANY ((ARRAY['officer'::character varying, 'office_head'::character varying, 'planner'::character varying, 'leader'::character varying, 'system_admin'::character varying, 'audit_admin'::character varying])::text[]))) OR ((NOT ((role)::text = ANY ((ARRAY['officer'::character varying, 'office_head'::character varying, 'planner'::character varying, 'leader'::character varying, 'system_admin'::character varying, 'audit_admin'::character varying])::text[]))) AND (body_id IS NOT NULL) AND (office_id IS NULL)))),
    CONSTRAINT appointment_begins_before_it_ends CHECK (((ends_at IS NULL) OR (ends_at >= begins_at))),
    CONSTRAINT appointment_of_officer_has_office CHECK (((NOT ((role)::text = ANY ((ARRAY['officer'::character varying, 'office_head'::character varying])::text[]))) OR (office_id IS NOT NULL)))
);


--
-- Name: accounts_appointment_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_appointment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_appointment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_department; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_department (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    organisation_id bigint NOT NULL,
    CONSTRAINT department_has_name CHECK ((NOT ((name)::text = ''::text)))
);


--
-- Name: accounts_department_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_department ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_department_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_district; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_district (
    code character varying(20) NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(80) NOT NULL,
    is_offered boolean NOT NULL,
    "position" smallint NOT NULL,
    gb_code character varying(6) NOT NULL,
    CONSTRAINT accounts_district_position_check CHECK (("position" >= 0))
);


--
-- Name: accounts_invitation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_invitation (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    invited_by_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);


--
-- Name: accounts_invitation_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_membership; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_membership (
    id bigint NOT NULL,
    event_head bytea NOT NULL,
    role character varying(20) NOT NULL,
    state character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    department_id bigint
);


--
-- Name: accounts_membership_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_office; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_office (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(80) NOT NULL,
    is_planning boolean NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT accounts_office_position_check CHECK (("position" >= 0))
);


--
-- Name: accounts_office_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_office ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_office_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_organisation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_organisation (
    id bigint NOT NULL,
    event_head bytea NOT NULL,
    name character varying(100) NOT NULL,
    uscc character varying(18) NOT NULL,
    kind character varying(20) NOT NULL,
    district character varying(20) NOT NULL,
    address character varying(120) NOT NULL,
    profile text NOT NULL,
    initials character varying(100) NOT NULL,
    state character varying(20) NOT NULL,
    state_reason text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    merged_into_id bigint,
    CONSTRAINT organisation_merged_into_one CHECK ((((merged_into_id IS NOT NULL) AND ((state)::text = 'merged'::text)) OR ((NOT ((state)::text = 'merged'::text)) AND (merged_into_id IS NULL)))),
    CONSTRAINT organisation_uscc_shape CHECK (((uscc)::text ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'::text)),
    CONSTRAINT organisation_uscc_upper CHECK (((uscc)::text = upper((uscc)::text)))
);


--
-- Name: accounts_organisation_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_organisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_organisationversion; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_organisationversion (
    id bigint NOT NULL,
    from_at timestamp with time zone NOT NULL,
    name character varying(100) NOT NULL,
    kind character varying(20) NOT NULL,
    district character varying(20) NOT NULL,
    organisation_id bigint NOT NULL
);


--
-- Name: accounts_organisationversion_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_organisationversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_organisationversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_person (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    id_kind character varying(20) NOT NULL,
    id_country character varying(2) NOT NULL,
    id_hash character varying(64) NOT NULL,
    id_cipher bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT person_passport_has_country CHECK (((NOT ((id_kind)::text = 'passport'::text)) OR (NOT ((id_country)::text = ''::text))))
);


--
-- Name: accounts_person_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_qualification; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_qualification (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    number character varying(60) NOT NULL,
    from_on date,
    to_on date,
    source character varying(120) NOT NULL,
    organisation_id bigint NOT NULL,
    CONSTRAINT qualification_begins_before_it_ends CHECK (((from_on IS NULL) OR (to_on IS NULL) OR (to_on >= from_on)))
);


--
-- Name: accounts_qualification_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_qualification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_qualification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_qualificationkind; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_qualificationkind (
    code character varying(20) NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(80) NOT NULL,
    is_offered boolean NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT accounts_qualificationkind_position_check CHECK (("position" >= 0))
);


--
-- Name: accounts_recommends; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_recommends (
    id bigint NOT NULL,
    district character varying(20),
    from_on date NOT NULL,
    to_on date,
    source character varying(200) NOT NULL,
    recommender_id bigint NOT NULL,
    unit_id bigint,
    CONSTRAINT recommends_begins_before_it_ends CHECK (((to_on IS NULL) OR (to_on >= from_on))),
    CONSTRAINT recommends_unit_or_district CHECK ((((district IS NULL) AND (unit_id IS NOT NULL)) OR ((district IS NOT NULL) AND (unit_id IS NULL))))
);


--
-- Name: accounts_recommends_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_recommends ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_recommends_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL,
    account_id bigint
);


--
-- Name: accounts_user; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    event_head bytea NOT NULL,
    username character varying(120) NOT NULL,
    name character varying(30) NOT NULL,
    email character varying(254) NOT NULL,
    mobile character varying(11) NOT NULL,
    landline character varying(30) NOT NULL,
    job_title character varying(30) NOT NULL,
    language character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    person_id bigint,
    CONSTRAINT user_mobile_is_mobile CHECK ((((mobile)::text = ''::text) OR ((mobile)::text ~ '^1[3-9][0-9]{9}$'::text)))
);


--
-- Name: accounts_user_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


--
-- Name: auth_group_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_permission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: axes_accessattempt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);


--
-- Name: axes_accessattempt_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: axes_accessattemptexpiration; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);


--
-- Name: axes_accessfailurelog; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);


--
-- Name: axes_accessfailurelog_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: axes_accesslog; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);


--
-- Name: axes_accesslog_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_call; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_call (
    id bigint NOT NULL,
    event_head bytea NOT NULL,
    code character varying(20) NOT NULL,
    title character varying(100) NOT NULL,
    title_en character varying(160) NOT NULL,
    plan_year smallint NOT NULL,
    issued_on date NOT NULL,
    definition_hash character varying(64) NOT NULL,
    endorsed_kinds character varying(20)[] NOT NULL,
    state character varying(20) NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    recommended_kinds character varying(20)[] NOT NULL,
    previous_id bigint,
    programme_id bigint,
    CONSTRAINT calls_call_plan_year_check CHECK ((plan_year >= 0))
);


--
-- Name: calls_call_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_calldefinition; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_calldefinition (
    call_id bigint NOT NULL,
    content jsonb NOT NULL
);


--
-- Name: calls_callform; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_callform (
    id bigint NOT NULL,
    key character varying(20) NOT NULL,
    version smallint NOT NULL,
    definition jsonb NOT NULL,
    definition_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    call_id bigint,
    CONSTRAINT calls_callform_version_check CHECK ((version >= 0))
);


--
-- Name: calls_callform_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_callform ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_callform_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_calloffice; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_calloffice (
    id bigint NOT NULL,
    landline character varying(30) NOT NULL,
    duties character varying(300) NOT NULL,
    duties_en character varying(300) NOT NULL,
    "position" smallint NOT NULL,
    call_id bigint NOT NULL,
    office_id bigint NOT NULL,
    CONSTRAINT call_office_is_reachable CHECK ((NOT ((landline)::text = ''::text))),
    CONSTRAINT calls_calloffice_position_check CHECK (("position" >= 0))
);


--
-- Name: calls_calloffice_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_calloffice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_calloffice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_category; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_category (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(80) NOT NULL,
    form_key character varying(20) NOT NULL,
    allowed_kinds character varying(20)[] NOT NULL,
    joint jsonb NOT NULL,
    is_accepting boolean NOT NULL,
    "position" smallint NOT NULL,
    call_id bigint NOT NULL,
    parent_id bigint,
    same_as_id bigint,
    CONSTRAINT calls_category_position_check CHECK (("position" >= 0)),
    CONSTRAINT category_not_under_itself CHECK ((NOT ((parent_id = id) AND (parent_id IS NOT NULL))))
);


--
-- Name: calls_category_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_domain; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_domain (
    id bigint NOT NULL,
    code character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(80) NOT NULL,
    is_listed boolean NOT NULL,
    "position" smallint NOT NULL,
    call_id bigint NOT NULL,
    same_as_id bigint,
    CONSTRAINT calls_domain_position_check CHECK (("position" >= 0))
);


--
-- Name: calls_domain_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_domain ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_domain_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_programme; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_programme (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(60) NOT NULL,
    name_en character varying(120) NOT NULL
);


--
-- Name: calls_programme_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_programme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_programme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_question; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_question (
    id bigint NOT NULL,
    event_head bytea NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    text character varying(500) NOT NULL,
    wording character varying(500) NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    is_pinned boolean NOT NULL,
    reason text NOT NULL,
    state character varying(20) NOT NULL,
    asked_by_id bigint NOT NULL,
    call_id bigint NOT NULL,
    office_id bigint NOT NULL,
    CONSTRAINT question_answered_has_answer CHECK ((((state)::text = ANY ((ARRAY['asked'::character varying, 'refused'::character varying])::text[])) OR (NOT (answer = ''::text)))),
    CONSTRAINT question_asks CHECK (((NOT ((text)::text = ''::text)) AND (NOT ((wording)::text = ''::text))))
);


--
-- Name: calls_question_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_route; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_route (
    id bigint NOT NULL,
    origin character varying(12) NOT NULL,
    source character varying(120) NOT NULL,
    call_id bigint NOT NULL,
    category_id bigint,
    domain_id bigint,
    office_id bigint,
    proposed_id bigint,
    field character varying(60) NOT NULL,
    value character varying(60) NOT NULL,
    CONSTRAINT route_names_a_cell CHECK (((category_id IS NOT NULL) OR (domain_id IS NOT NULL))),
    CONSTRAINT route_remembered_has_office CHECK ((((origin)::text = 'notice'::text) OR (office_id IS NOT NULL)))
);


--
-- Name: calls_route_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_route ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_route_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: calls_window; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calls_window (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(80) NOT NULL,
    opens_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone,
    pool_tag character varying(20) NOT NULL,
    call_id bigint NOT NULL,
    purpose character varying(12) NOT NULL,
    CONSTRAINT window_opens_before_it_closes CHECK (((closes_at IS NULL) OR (closes_at > opens_at)))
);


--
-- Name: calls_window_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.calls_window ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_window_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: casework_note; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.casework_note (
    id bigint NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    author_id bigint NOT NULL,
    dossier_id bigint NOT NULL
);


--
-- Name: casework_note_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.casework_note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casework_note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: casework_savedview; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.casework_savedview (
    id bigint NOT NULL,
    process character varying(20) NOT NULL,
    place character varying(20) NOT NULL,
    name character varying(20) NOT NULL,
    words character varying(600) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    office_id bigint,
    owner_id bigint NOT NULL,
    CONSTRAINT saved_view_is_named CHECK ((NOT ((name)::text = ''::text)))
);


--
-- Name: casework_savedview_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.casework_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.casework_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: corpus_document; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.corpus_document (
    number integer NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(60) NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    audiences character varying(60)[] NOT NULL,
    facets character varying(60)[] NOT NULL,
    owner character varying(60) NOT NULL,
    writer character varying(60) NOT NULL,
    put_at timestamp with time zone NOT NULL
);


--
-- Name: corpus_document_number_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.corpus_document ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.corpus_document_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: corpus_freshposting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.corpus_freshposting (
    id bigint NOT NULL,
    key bigint NOT NULL,
    entry bigint NOT NULL
);


--
-- Name: corpus_freshposting_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.corpus_freshposting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.corpus_freshposting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: corpus_measure; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.corpus_measure (
    id bigint NOT NULL,
    title_length double precision NOT NULL,
    body_length double precision NOT NULL
);


--
-- Name: corpus_measure_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.corpus_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.corpus_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: corpus_postinglist; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.corpus_postinglist (
    key bigint NOT NULL,
    held integer NOT NULL,
    best bytea NOT NULL,
    rest bytea NOT NULL,
    segment_id integer NOT NULL
);
ALTER TABLE ONLY public.corpus_postinglist ALTER COLUMN best SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.corpus_postinglist ALTER COLUMN rest SET STORAGE EXTERNAL;


--
-- Name: corpus_segment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.corpus_segment (
    number integer NOT NULL,
    level integer NOT NULL,
    layout integer NOT NULL,
    postings bigint NOT NULL,
    made_at timestamp with time zone NOT NULL
);


--
-- Name: corpus_segment_number_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.corpus_segment ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.corpus_segment_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_content_type; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


--
-- Name: duplicates_deeperlook; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.duplicates_deeperlook (
    dossier_id bigint NOT NULL,
    document integer NOT NULL
);


--
-- Name: duplicates_likeness; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.duplicates_likeness (
    id bigint NOT NULL,
    verdict character varying(10) NOT NULL,
    reason text NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    judged_by_id bigint NOT NULL,
    one_id bigint NOT NULL,
    other_id bigint NOT NULL,
    CONSTRAINT verdict_in_order CHECK ((one_id < other_id)),
    CONSTRAINT verdict_known CHECK (((verdict)::text = ANY ((ARRAY['same'::character varying, 'related'::character varying, 'unrelated'::character varying])::text[]))),
    CONSTRAINT verdict_same_has_reason CHECK (((NOT ((verdict)::text = 'same'::text)) OR (NOT (reason = ''::text))))
);


--
-- Name: duplicates_likeness_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.duplicates_likeness ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duplicates_likeness_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: duplicates_rewording; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.duplicates_rewording (
    id bigint NOT NULL,
    share_one smallint NOT NULL,
    share_other smallint NOT NULL,
    one_id bigint NOT NULL,
    other_id bigint NOT NULL,
    CONSTRAINT duplicates_rewording_share_one_check CHECK ((share_one >= 0)),
    CONSTRAINT duplicates_rewording_share_other_check CHECK ((share_other >= 0)),
    CONSTRAINT rewording_in_order CHECK ((one_id < other_id))
);


--
-- Name: duplicates_rewording_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.duplicates_rewording ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duplicates_rewording_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: kernel_calendarday; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_calendarday (
    date date NOT NULL,
    is_working boolean NOT NULL,
    name character varying(40) NOT NULL,
    source character varying(120) NOT NULL
);


--
-- Name: kernel_calendaryear; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_calendaryear (
    year smallint NOT NULL,
    is_provisional boolean NOT NULL,
    source character varying(120) NOT NULL,
    CONSTRAINT kernel_calendaryear_year_check CHECK ((year >= 0))
);


--
-- Name: kernel_changecount; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_changecount (
    id bigint NOT NULL,
    topic character varying(63) NOT NULL,
    tally bigint NOT NULL
);


--
-- Name: kernel_changecount_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.kernel_changecount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_changecount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: kernel_counter; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_counter (
    series character varying(80) NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT counter_not_negative CHECK ((value >= 0))
);


--
-- Name: kernel_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    verb character varying(60) NOT NULL,
    subject_type character varying(60) NOT NULL,
    subject_id bigint NOT NULL,
    data jsonb NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    actor_id bigint,
    address_digest bytea NOT NULL,
    format smallint NOT NULL,
    text_digest bytea NOT NULL,
    CONSTRAINT kernel_event_format_check CHECK ((format >= 0))
);


--
-- Name: kernel_event_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.kernel_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: kernel_eventdetail; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_eventdetail (
    event_id bigint NOT NULL,
    reason text NOT NULL,
    private jsonb NOT NULL,
    text_salt bytea NOT NULL,
    text_erased_at timestamp with time zone,
    address inet,
    address_salt bytea NOT NULL,
    address_erased_at timestamp with time zone,
    CONSTRAINT event_detail_address_erased CHECK (((address_erased_at IS NULL) OR ((address IS NULL) AND (address_salt = '\x'::bytea)))),
    CONSTRAINT event_detail_text_erased CHECK (((text_erased_at IS NULL) OR ((private = '{}'::jsonb) AND (reason = ''::text) AND (text_salt = '\x'::bytea))))
);


--
-- Name: kernel_filechunk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_filechunk (
    id bigint NOT NULL,
    "offset" bigint NOT NULL,
    content bytea NOT NULL,
    file_id uuid NOT NULL
);


--
-- Name: kernel_filechunk_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.kernel_filechunk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_filechunk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: kernel_idempotencykey; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_idempotencykey (
    key character varying(64) NOT NULL,
    operation character varying(60) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    answer jsonb,
    owner_id bigint NOT NULL
);


--
-- Name: kernel_message; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_message (
    id bigint CONSTRAINT kernel_notice_id_not_null NOT NULL,
    key character varying(160) CONSTRAINT kernel_notice_key_not_null NOT NULL,
    subject_text text CONSTRAINT kernel_notice_subject_text_not_null NOT NULL,
    body_text text CONSTRAINT kernel_notice_body_text_not_null NOT NULL,
    parameters jsonb CONSTRAINT kernel_notice_parameters_not_null NOT NULL,
    url character varying(300) CONSTRAINT kernel_notice_url_not_null NOT NULL,
    created_at timestamp with time zone CONSTRAINT kernel_notice_created_at_not_null NOT NULL,
    read_at timestamp with time zone,
    mailed_at timestamp with time zone,
    recipient_id bigint CONSTRAINT kernel_notice_recipient_id_not_null NOT NULL,
    mailing character varying(8) CONSTRAINT kernel_notice_mailing_not_null NOT NULL,
    topic character varying(40) CONSTRAINT kernel_notice_topic_not_null NOT NULL
);


--
-- Name: kernel_messagepreference; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_messagepreference (
    id bigint CONSTRAINT kernel_noticepreference_id_not_null NOT NULL,
    topic character varying(40) CONSTRAINT kernel_noticepreference_topic_not_null NOT NULL,
    mail character varying(8) CONSTRAINT kernel_noticepreference_mail_not_null NOT NULL,
    user_id bigint CONSTRAINT kernel_noticepreference_user_id_not_null NOT NULL
);


--
-- Name: kernel_notice_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.kernel_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: kernel_noticepreference_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.kernel_messagepreference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_noticepreference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: kernel_seal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_seal (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    last_event_id bigint NOT NULL,
    count bigint NOT NULL,
    root bytea NOT NULL,
    subtrees bytea NOT NULL
);


--
-- Name: kernel_seal_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.kernel_seal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_seal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: kernel_storedfile; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.kernel_storedfile (
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    size bigint NOT NULL,
    received bigint NOT NULL,
    content_type character varying(100) NOT NULL,
    sha256 character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone,
    owner_id bigint NOT NULL,
    refused_for character varying(20) NOT NULL,
    CONSTRAINT file_complete_has_hash CHECK (((completed_at IS NULL) OR (NOT ((sha256)::text = ''::text)))),
    CONSTRAINT file_not_overlong CHECK ((received <= size))
);


--
-- Name: mfa_authenticator; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);


--
-- Name: mfa_authenticator_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: procrastinate_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;


--
-- Name: procrastinate_periodic_defers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;


--
-- Name: procrastinate_workers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_attachment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_attachment (
    id bigint NOT NULL,
    field character varying(60) NOT NULL,
    since_version integer NOT NULL,
    until_version integer,
    dossier_id bigint NOT NULL,
    file_id uuid NOT NULL,
    CONSTRAINT attachment_until_after_since CHECK (((until_version IS NULL) OR (until_version > since_version))),
    CONSTRAINT submissions_attachment_since_version_check CHECK ((since_version >= 0)),
    CONSTRAINT submissions_attachment_until_version_check CHECK ((until_version >= 0))
);


--
-- Name: submissions_attachment_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_batch; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_batch (
    id bigint NOT NULL,
    process character varying(20) NOT NULL,
    number character varying(40) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    count integer NOT NULL,
    content_hash character varying(64) NOT NULL,
    call_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    submitted_by_id bigint NOT NULL,
    CONSTRAINT submissions_batch_count_check CHECK ((count >= 0))
);


--
-- Name: submissions_batch_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_dossier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_dossier (
    id bigint NOT NULL,
    process character varying(20) NOT NULL
);


--
-- Name: submissions_dossier_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_dossier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_dossier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_partner; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_partner (
    id bigint NOT NULL,
    event_head bytea NOT NULL,
    side character varying(20) NOT NULL,
    email character varying(254) NOT NULL,
    token_hash character varying(64) NOT NULL,
    state character varying(20) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    confirmed_hash character varying(64) NOT NULL,
    dossier_id bigint NOT NULL,
    organisation_id bigint,
    user_id bigint,
    seat smallint NOT NULL,
    CONSTRAINT partner_can_be_reached CHECK (((organisation_id IS NOT NULL) OR (NOT ((email)::text = ''::text)))),
    CONSTRAINT partner_confirmed_by_person CHECK (((NOT ((state)::text = 'confirmed'::text)) OR ((organisation_id IS NOT NULL) AND (user_id IS NOT NULL)))),
    CONSTRAINT submissions_partner_seat_check CHECK ((seat >= 0))
);


--
-- Name: submissions_partner_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_partner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_partner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_receipt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_receipt (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    version integer NOT NULL,
    content_hash character varying(64) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    batch_id bigint,
    dossier_id bigint NOT NULL,
    CONSTRAINT submissions_receipt_version_check CHECK ((version >= 0))
);


--
-- Name: submissions_receipt_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_remark; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_remark (
    id bigint NOT NULL,
    field character varying(60) NOT NULL,
    text text NOT NULL,
    side character varying(10) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    author_id bigint NOT NULL,
    dossier_id bigint NOT NULL,
    resolved_by_id bigint
);


--
-- Name: submissions_remark_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_remark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_remark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_revision; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_revision (
    id bigint NOT NULL,
    version integer NOT NULL,
    answers jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    note character varying(40) NOT NULL,
    dossier_id bigint NOT NULL,
    saved_by_id bigint NOT NULL,
    CONSTRAINT submissions_revision_version_check CHECK ((version >= 0))
);


--
-- Name: submissions_revision_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_revision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_revision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: submissions_unmergeddraft; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submissions_unmergeddraft (
    id bigint NOT NULL,
    base_version integer NOT NULL,
    answers jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    dossier_id bigint NOT NULL,
    saved_by_id bigint NOT NULL,
    CONSTRAINT submissions_unmergeddraft_base_version_check CHECK ((base_version >= 0))
);


--
-- Name: submissions_unmergeddraft_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.submissions_unmergeddraft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submissions_unmergeddraft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: suggestions_grouping; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.suggestions_grouping (
    id bigint NOT NULL,
    asked_at timestamp with time zone,
    computed_at timestamp with time zone,
    made_of character varying(64) NOT NULL,
    labels jsonb NOT NULL,
    places jsonb NOT NULL,
    names jsonb NOT NULL,
    call_id bigint NOT NULL,
    office_id bigint
);


--
-- Name: suggestions_grouping_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.suggestions_grouping ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suggestions_grouping_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: suggestions_suggestion; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.suggestions_suggestion (
    id bigint NOT NULL,
    event_head bytea NOT NULL,
    title character varying(200) NOT NULL,
    answers jsonb NOT NULL,
    version integer NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    state character varying(30) NOT NULL,
    state_since timestamp with time zone NOT NULL,
    number character varying(40) NOT NULL,
    submitted_at timestamp with time zone,
    is_rolling boolean NOT NULL,
    pool_tag character varying(20) NOT NULL,
    due_on date,
    outcome_reason text NOT NULL,
    assigned_category_id bigint,
    assigned_domain_id bigint,
    author_id bigint NOT NULL,
    call_id bigint NOT NULL,
    category_id bigint NOT NULL,
    domain_id bigint,
    form_id bigint NOT NULL,
    merged_into_id bigint,
    office_id bigint,
    organisation_id bigint,
    handler_id bigint,
    recommender_id bigint,
    amount numeric(16,2),
    CONSTRAINT suggestion_at_office_has_office CHECK (((NOT ((state)::text = ANY ((ARRAY['with_office'::character varying, 'returned_by_office'::character varying, 'unit_review_again'::character varying])::text[]))) OR (office_id IS NOT NULL))),
    CONSTRAINT suggestion_merged_has_target CHECK (((NOT ((state)::text = 'merged'::text)) OR (merged_into_id IS NOT NULL))),
    CONSTRAINT suggestion_not_into_itself CHECK ((NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL)))),
    CONSTRAINT suggestion_received_has_number CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('unit_review'::character varying)::text, ('returned_by_unit'::character varying)::text])) OR ((NOT ((number)::text = ''::text)) AND (submitted_at IS NOT NULL) AND (organisation_id IS NOT NULL)))),
    CONSTRAINT suggestions_suggestion_version_check CHECK ((version >= 0))
);


--
-- Name: suggestions_tie; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.suggestions_tie (
    id bigint NOT NULL,
    is_together boolean NOT NULL,
    tied_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    call_id bigint NOT NULL,
    one_id bigint NOT NULL,
    other_id bigint NOT NULL,
    tied_by_id bigint NOT NULL,
    undone_by_id bigint,
    CONSTRAINT tie_in_order CHECK ((one_id < other_id))
);


--
-- Name: suggestions_tie_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.suggestions_tie ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.suggestions_tie_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: procrastinate_events id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);


--
-- Name: procrastinate_jobs id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);


--
-- Name: procrastinate_periodic_defers id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);


--
-- Data for Name: account_emailaddress; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: account_emailconfirmation; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_appointment; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_department; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_district; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.accounts_district VALUES
	('high_tech', '高新园区', 'High-tech Zone', true, 0, ''),
	('jinpu', '金普新区', 'Jinpu New Area', true, 1, ''),
	('ganjingzi', '甘井子区', 'Ganjingzi', true, 2, '210211'),
	('lushunkou', '旅顺口区', 'Lüshunkou', true, 3, '210212'),
	('changxing', '长兴岛经济区', 'Changxing Island', true, 4, ''),
	('wafangdian', '瓦房店市', 'Wafangdian', true, 5, '210281'),
	('zhongshan', '中山区', 'Zhongshan', true, 6, '210202'),
	('xigang', '西岗区', 'Xigang', true, 7, '210203'),
	('shahekou', '沙河口区', 'Shahekou', true, 8, '210204'),
	('pulandian', '普兰店区', 'Pulandian', true, 9, '210214'),
	('zhuanghe', '庄河市', 'Zhuanghe', true, 10, '210283'),
	('changhai', '长海县', 'Changhai', true, 11, '210224'),
	('elsewhere', '大连市以外', 'Outside Dalian', true, 12, '');


--
-- Data for Name: accounts_invitation; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_membership; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_office; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_organisation; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_organisationversion; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_person; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_qualification; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_qualificationkind; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.accounts_qualificationkind VALUES
	('high_tech', '高新技术企业', 'High-tech enterprise', true, 0),
	('small_tech', '科技型中小企业', 'Technology SME', true, 1),
	('fledgling', '雏鹰', 'Fledgling', true, 2),
	('gazelle', '瞪羚', 'Gazelle', true, 3),
	('seed_unicorn', '种子独角兽', 'Seed unicorn', true, 4),
	('potential_unicorn', '潜在独角兽', 'Potential unicorn', true, 5),
	('unicorn', '独角兽', 'Unicorn', true, 6),
	('leading', '领军企业', 'Leading enterprise', true, 7),
	('specialised', '专精特新', 'Specialised and sophisticated', true, 8),
	('little_giant', '小巨人', 'Little giant', true, 9),
	('above_scale', '规上企业', 'Enterprise above designated size', true, 10);


--
-- Data for Name: accounts_recommends; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_session; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts_user; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: auth_group; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: auth_group_permissions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: axes_accessattempt; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: axes_accessattemptexpiration; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: axes_accessfailurelog; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: axes_accesslog; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_call; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_calldefinition; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_callform; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_calloffice; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_category; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_domain; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_programme; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_question; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_route; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: calls_window; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: casework_note; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: casework_savedview; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: corpus_document; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: corpus_freshposting; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: corpus_measure; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: corpus_postinglist; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: corpus_segment; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: django_session; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: duplicates_deeperlook; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: duplicates_likeness; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: duplicates_rewording; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_calendarday; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.kernel_calendarday VALUES
	('2021-01-01', false, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-02-07', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-02-11', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-02-12', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-02-15', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-02-16', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-02-17', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-02-20', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-04-05', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-04-25', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-05-03', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-05-04', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-05-05', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-05-08', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-06-14', false, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-09-18', true, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-09-20', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-09-21', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-09-26', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-10-01', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-10-04', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-10-05', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-10-06', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-10-07', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2021-10-09', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-01-03', false, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-01-29', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-01-30', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-01-31', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-02-01', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-02-02', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-02-03', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-02-04', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-04-02', true, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-04-04', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-04-05', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-04-24', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-05-02', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-05-03', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-05-04', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-05-07', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-06-03', false, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-09-12', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-10-03', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-10-04', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-10-05', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-10-06', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-10-07', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-10-08', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2022-10-09', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-02', false, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-23', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-24', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-25', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-26', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-27', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-28', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-01-29', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-04-05', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-04-23', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-05-01', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-05-02', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-05-03', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-05-06', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-06-22', false, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-06-23', false, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-06-25', true, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-09-29', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-10-02', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-10-03', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-10-04', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-10-05', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-10-06', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-10-07', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2023-10-08', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-01-01', false, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-02-04', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-02-12', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-02-13', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-02-14', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-02-15', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-02-16', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-02-18', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-04-04', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-04-05', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-04-07', true, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-04-28', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-05-01', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-05-02', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-05-03', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-05-11', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-06-10', false, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-09-14', true, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-09-16', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-09-17', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-09-29', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-10-01', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-10-02', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-10-03', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-10-04', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-10-07', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2024-10-12', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-01-01', false, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-01-26', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-01-28', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-01-29', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-01-30', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-01-31', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-02-03', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-02-04', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-02-08', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-04-04', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-04-27', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-05-01', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-05-02', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-05-05', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-06-02', false, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-09-28', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-10-01', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-10-02', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-10-03', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-10-06', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-10-07', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-10-08', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2025-10-11', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-01-01', false, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-01-02', false, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-01-04', true, 'New Year''s Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-14', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-16', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-17', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-18', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-19', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-20', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-23', false, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-02-28', true, 'Spring Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-04-06', false, 'Tomb-sweeping Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-05-01', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-05-04', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-05-05', false, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-05-09', true, 'Labour Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-06-19', false, 'Dragon Boat Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-09-20', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-09-25', false, 'Mid-autumn Festival', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-10-01', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-10-02', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-10-05', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-10-06', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-10-07', false, 'National Day', '国务院办公厅节假日安排（chinesecalendar）'),
	('2026-10-10', true, 'National Day', '国务院办公厅节假日安排（chinesecalendar）');


--
-- Data for Name: kernel_calendaryear; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.kernel_calendaryear VALUES
	(2021, false, '国务院办公厅节假日安排（chinesecalendar）'),
	(2022, false, '国务院办公厅节假日安排（chinesecalendar）'),
	(2023, false, '国务院办公厅节假日安排（chinesecalendar）'),
	(2024, false, '国务院办公厅节假日安排（chinesecalendar）'),
	(2025, false, '国务院办公厅节假日安排（chinesecalendar）'),
	(2026, false, '国务院办公厅节假日安排（chinesecalendar）');


--
-- Data for Name: kernel_counter; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_event; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_eventdetail; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_filechunk; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_idempotencykey; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_message; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_messagepreference; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_seal; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: kernel_storedfile; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mfa_authenticator; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: procrastinate_events; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: procrastinate_jobs; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: procrastinate_periodic_defers; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: procrastinate_workers; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_attachment; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_batch; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_dossier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_partner; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_receipt; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_remark; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_revision; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: submissions_unmergeddraft; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: suggestions_grouping; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: suggestions_suggestion; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: suggestions_tie; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: account_emailaddress_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);


--
-- Name: account_emailconfirmation_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);


--
-- Name: accounts_appointment_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_appointment_id_seq', 1, false);


--
-- Name: accounts_department_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_department_id_seq', 1, false);


--
-- Name: accounts_invitation_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_invitation_id_seq', 1, false);


--
-- Name: accounts_membership_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_membership_id_seq', 1, false);


--
-- Name: accounts_office_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_office_id_seq', 1, false);


--
-- Name: accounts_organisation_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_organisation_id_seq', 1, false);


--
-- Name: accounts_organisationversion_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_organisationversion_id_seq', 1, false);


--
-- Name: accounts_person_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_person_id_seq', 1, false);


--
-- Name: accounts_qualification_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_qualification_id_seq', 1, false);


--
-- Name: accounts_recommends_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_recommends_id_seq', 1, false);


--
-- Name: accounts_user_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_user_id_seq', 1, false);


--
-- Name: auth_group_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);


--
-- Name: axes_accessattempt_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.axes_accessattempt_id_seq', 1, false);


--
-- Name: axes_accessfailurelog_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.axes_accessfailurelog_id_seq', 1, false);


--
-- Name: axes_accesslog_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.axes_accesslog_id_seq', 1, false);


--
-- Name: calls_call_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_call_id_seq', 1, false);


--
-- Name: calls_callform_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_callform_id_seq', 1, false);


--
-- Name: calls_calloffice_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_calloffice_id_seq', 1, false);


--
-- Name: calls_category_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_category_id_seq', 1, false);


--
-- Name: calls_domain_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_domain_id_seq', 1, false);


--
-- Name: calls_programme_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_programme_id_seq', 1, false);


--
-- Name: calls_question_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_question_id_seq', 1, false);


--
-- Name: calls_route_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_route_id_seq', 1, false);


--
-- Name: calls_window_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.calls_window_id_seq', 1, false);


--
-- Name: casework_note_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.casework_note_id_seq', 1, false);


--
-- Name: casework_savedview_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.casework_savedview_id_seq', 1, false);


--
-- Name: corpus_document_number_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.corpus_document_number_seq', 1, false);


--
-- Name: corpus_freshposting_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.corpus_freshposting_id_seq', 1, false);


--
-- Name: corpus_measure_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.corpus_measure_id_seq', 1, false);


--
-- Name: corpus_segment_number_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.corpus_segment_number_seq', 1, false);


--
-- Name: duplicates_likeness_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.duplicates_likeness_id_seq', 1, false);


--
-- Name: duplicates_rewording_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.duplicates_rewording_id_seq', 1, false);


--
-- Name: kernel_event_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.kernel_event_id_seq', 1, false);


--
-- Name: kernel_filechunk_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.kernel_filechunk_id_seq', 1, false);


--
-- Name: kernel_notice_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.kernel_notice_id_seq', 1, false);


--
-- Name: kernel_noticepreference_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.kernel_noticepreference_id_seq', 1, false);


--
-- Name: kernel_seal_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.kernel_seal_id_seq', 1, false);


--
-- Name: mfa_authenticator_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);


--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);


--
-- Name: submissions_attachment_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_attachment_id_seq', 1, false);


--
-- Name: submissions_batch_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_batch_id_seq', 1, false);


--
-- Name: submissions_dossier_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_dossier_id_seq', 1, false);


--
-- Name: submissions_partner_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_partner_id_seq', 1, false);


--
-- Name: submissions_receipt_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_receipt_id_seq', 1, false);


--
-- Name: submissions_remark_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_remark_id_seq', 1, false);


--
-- Name: submissions_revision_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_revision_id_seq', 1, false);


--
-- Name: submissions_unmergeddraft_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.submissions_unmergeddraft_id_seq', 1, false);


--
-- Name: suggestions_grouping_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.suggestions_grouping_id_seq', 1, false);


--
-- Name: suggestions_tie_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.suggestions_tie_id_seq', 1, false);


--
-- Name: account_emailaddress account_emailaddress_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);


--
-- Name: account_emailaddress account_emailaddress_user_id_email_987c8728_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);


--
-- Name: account_emailconfirmation account_emailconfirmation_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);


--
-- Name: account_emailconfirmation account_emailconfirmation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);


--
-- Name: accounts_appointment accounts_appointment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_appointment
    ADD CONSTRAINT accounts_appointment_pkey PRIMARY KEY (id);


--
-- Name: accounts_department accounts_department_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_department
    ADD CONSTRAINT accounts_department_pkey PRIMARY KEY (id);


--
-- Name: accounts_district accounts_district_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_district
    ADD CONSTRAINT accounts_district_pkey PRIMARY KEY (code);


--
-- Name: accounts_invitation accounts_invitation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_pkey PRIMARY KEY (id);


--
-- Name: accounts_invitation accounts_invitation_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_token_hash_key UNIQUE (token_hash);


--
-- Name: accounts_membership accounts_membership_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_pkey PRIMARY KEY (id);


--
-- Name: accounts_office accounts_office_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_office
    ADD CONSTRAINT accounts_office_code_key UNIQUE (code);


--
-- Name: accounts_office accounts_office_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_office
    ADD CONSTRAINT accounts_office_name_key UNIQUE (name);


--
-- Name: accounts_office accounts_office_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_office
    ADD CONSTRAINT accounts_office_pkey PRIMARY KEY (id);


--
-- Name: accounts_organisation accounts_organisation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisation_pkey PRIMARY KEY (id);


--
-- Name: accounts_organisation accounts_organisation_uscc_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisation_uscc_key UNIQUE (uscc);


--
-- Name: accounts_organisationversion accounts_organisationversion_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_organisationversion
    ADD CONSTRAINT accounts_organisationversion_pkey PRIMARY KEY (id);


--
-- Name: accounts_person accounts_person_id_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_person
    ADD CONSTRAINT accounts_person_id_hash_key UNIQUE (id_hash);


--
-- Name: accounts_person accounts_person_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_person
    ADD CONSTRAINT accounts_person_pkey PRIMARY KEY (id);


--
-- Name: accounts_qualification accounts_qualification_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_qualification
    ADD CONSTRAINT accounts_qualification_pkey PRIMARY KEY (id);


--
-- Name: accounts_qualificationkind accounts_qualificationkind_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_qualificationkind
    ADD CONSTRAINT accounts_qualificationkind_pkey PRIMARY KEY (code);


--
-- Name: accounts_recommends accounts_recommends_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_recommends
    ADD CONSTRAINT accounts_recommends_pkey PRIMARY KEY (id);


--
-- Name: accounts_session accounts_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_session
    ADD CONSTRAINT accounts_session_pkey PRIMARY KEY (session_key);


--
-- Name: accounts_user accounts_user_person_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_person_id_key UNIQUE (person_id);


--
-- Name: accounts_user accounts_user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);


--
-- Name: accounts_user accounts_user_username_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_username_key UNIQUE (username);


--
-- Name: accounts_appointment appointment_in_one_office; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_appointment
    ADD CONSTRAINT appointment_in_one_office EXCLUDE USING gist (user_id WITH =, office_id WITH <>, tstzrange(begins_at, ends_at, '[)'::text) WITH &&) WHERE ((office_id IS NOT NULL));


--
-- Name: accounts_appointment appointment_once_at_a_time; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_appointment
    ADD CONSTRAINT appointment_once_at_a_time EXCLUDE USING gist (user_id WITH =, role WITH =, COALESCE(body_id, (0)::bigint) WITH =, tstzrange(begins_at, ends_at, '[)'::text) WITH &&);


--
-- Name: submissions_attachment attachment_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_attachment
    ADD CONSTRAINT attachment_once UNIQUE (dossier_id, field, file_id, since_version);


--
-- Name: auth_group auth_group_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


--
-- Name: auth_group_permissions auth_group_permissions_group_id_permission_id_0cd325b0_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


--
-- Name: auth_group_permissions auth_group_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


--
-- Name: auth_group auth_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


--
-- Name: auth_permission auth_permission_content_type_id_codename_01ab375a_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


--
-- Name: auth_permission auth_permission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


--
-- Name: axes_accessattempt axes_accessattempt_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);


--
-- Name: axes_accessattempt axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);


--
-- Name: axes_accessattemptexpiration axes_accessattemptexpiration_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);


--
-- Name: axes_accessfailurelog axes_accessfailurelog_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);


--
-- Name: axes_accesslog axes_accesslog_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);


--
-- Name: calls_callform call_form_version; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_callform
    ADD CONSTRAINT call_form_version UNIQUE NULLS NOT DISTINCT (call_id, key, version);


--
-- Name: calls_calloffice call_office_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_calloffice
    ADD CONSTRAINT call_office_once UNIQUE (call_id, office_id);


--
-- Name: calls_call calls_call_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_code_key UNIQUE (code);


--
-- Name: calls_call calls_call_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_pkey PRIMARY KEY (id);


--
-- Name: calls_calldefinition calls_calldefinition_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_calldefinition
    ADD CONSTRAINT calls_calldefinition_pkey PRIMARY KEY (call_id);


--
-- Name: calls_callform calls_callform_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_callform
    ADD CONSTRAINT calls_callform_pkey PRIMARY KEY (id);


--
-- Name: calls_calloffice calls_calloffice_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_calloffice
    ADD CONSTRAINT calls_calloffice_pkey PRIMARY KEY (id);


--
-- Name: calls_category calls_category_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_category
    ADD CONSTRAINT calls_category_pkey PRIMARY KEY (id);


--
-- Name: calls_domain calls_domain_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_domain
    ADD CONSTRAINT calls_domain_pkey PRIMARY KEY (id);


--
-- Name: calls_programme calls_programme_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_programme
    ADD CONSTRAINT calls_programme_code_key UNIQUE (code);


--
-- Name: calls_programme calls_programme_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_programme
    ADD CONSTRAINT calls_programme_pkey PRIMARY KEY (id);


--
-- Name: calls_question calls_question_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_question
    ADD CONSTRAINT calls_question_pkey PRIMARY KEY (id);


--
-- Name: calls_route calls_route_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_route
    ADD CONSTRAINT calls_route_pkey PRIMARY KEY (id);


--
-- Name: calls_window calls_window_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_window
    ADD CONSTRAINT calls_window_pkey PRIMARY KEY (id);


--
-- Name: casework_note casework_note_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_pkey PRIMARY KEY (id);


--
-- Name: casework_savedview casework_savedview_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.casework_savedview
    ADD CONSTRAINT casework_savedview_pkey PRIMARY KEY (id);


--
-- Name: calls_category category_code; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_category
    ADD CONSTRAINT category_code UNIQUE (call_id, code);


--
-- Name: kernel_filechunk chunk_once_per_offset; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_filechunk
    ADD CONSTRAINT chunk_once_per_offset UNIQUE (file_id, "offset");


--
-- Name: corpus_document corpus_document_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.corpus_document
    ADD CONSTRAINT corpus_document_pkey PRIMARY KEY (number);


--
-- Name: corpus_freshposting corpus_freshposting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.corpus_freshposting
    ADD CONSTRAINT corpus_freshposting_pkey PRIMARY KEY (id);


--
-- Name: corpus_measure corpus_measure_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.corpus_measure
    ADD CONSTRAINT corpus_measure_pkey PRIMARY KEY (id);


--
-- Name: corpus_postinglist corpus_postinglist_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.corpus_postinglist
    ADD CONSTRAINT corpus_postinglist_pkey PRIMARY KEY (key, segment_id);


--
-- Name: corpus_segment corpus_segment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.corpus_segment
    ADD CONSTRAINT corpus_segment_pkey PRIMARY KEY (number);


--
-- Name: accounts_department department_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_department
    ADD CONSTRAINT department_once UNIQUE (organisation_id, name);


--
-- Name: django_content_type django_content_type_app_label_model_76bd3d3b_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


--
-- Name: django_content_type django_content_type_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: corpus_document document_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.corpus_document
    ADD CONSTRAINT document_key UNIQUE (kind, key);


--
-- Name: calls_domain domain_code; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_domain
    ADD CONSTRAINT domain_code UNIQUE (call_id, code);


--
-- Name: duplicates_deeperlook duplicates_deeperlook_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_deeperlook
    ADD CONSTRAINT duplicates_deeperlook_pkey PRIMARY KEY (dossier_id);


--
-- Name: duplicates_likeness duplicates_likeness_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_likeness
    ADD CONSTRAINT duplicates_likeness_pkey PRIMARY KEY (id);


--
-- Name: duplicates_rewording duplicates_rewording_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_rewording
    ADD CONSTRAINT duplicates_rewording_pkey PRIMARY KEY (id);


--
-- Name: kernel_event event_chain; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_event
    ADD CONSTRAINT event_chain UNIQUE (subject_type, subject_id, previous_hash);


--
-- Name: suggestions_grouping grouping_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_grouping
    ADD CONSTRAINT grouping_once UNIQUE NULLS NOT DISTINCT (call_id, office_id);


--
-- Name: kernel_calendarday kernel_calendarday_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_calendarday
    ADD CONSTRAINT kernel_calendarday_pkey PRIMARY KEY (date);


--
-- Name: kernel_calendaryear kernel_calendaryear_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_calendaryear
    ADD CONSTRAINT kernel_calendaryear_pkey PRIMARY KEY (year);


--
-- Name: kernel_changecount kernel_changecount_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_changecount
    ADD CONSTRAINT kernel_changecount_pkey PRIMARY KEY (id);


--
-- Name: kernel_counter kernel_counter_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_counter
    ADD CONSTRAINT kernel_counter_pkey PRIMARY KEY (series);


--
-- Name: kernel_event kernel_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_event
    ADD CONSTRAINT kernel_event_pkey PRIMARY KEY (id);


--
-- Name: kernel_eventdetail kernel_eventdetail_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_eventdetail
    ADD CONSTRAINT kernel_eventdetail_pkey PRIMARY KEY (event_id);


--
-- Name: kernel_filechunk kernel_filechunk_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_filechunk
    ADD CONSTRAINT kernel_filechunk_pkey PRIMARY KEY (id);


--
-- Name: kernel_idempotencykey kernel_idempotencykey_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_idempotencykey
    ADD CONSTRAINT kernel_idempotencykey_pkey PRIMARY KEY (key);


--
-- Name: kernel_message kernel_notice_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_message
    ADD CONSTRAINT kernel_notice_pkey PRIMARY KEY (id);


--
-- Name: kernel_messagepreference kernel_noticepreference_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_messagepreference
    ADD CONSTRAINT kernel_noticepreference_pkey PRIMARY KEY (id);


--
-- Name: kernel_seal kernel_seal_last_event_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_seal
    ADD CONSTRAINT kernel_seal_last_event_id_key UNIQUE (last_event_id);


--
-- Name: kernel_seal kernel_seal_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_seal
    ADD CONSTRAINT kernel_seal_pkey PRIMARY KEY (id);


--
-- Name: kernel_storedfile kernel_storedfile_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_storedfile
    ADD CONSTRAINT kernel_storedfile_pkey PRIMARY KEY (id);


--
-- Name: accounts_membership membership_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT membership_once UNIQUE (user_id, organisation_id);


--
-- Name: kernel_message message_once_per_cause; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_message
    ADD CONSTRAINT message_once_per_cause UNIQUE (key, recipient_id);


--
-- Name: mfa_authenticator mfa_authenticator_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);


--
-- Name: kernel_messagepreference notice_preference_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_messagepreference
    ADD CONSTRAINT notice_preference_once UNIQUE (user_id, topic);


--
-- Name: procrastinate_events procrastinate_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_jobs procrastinate_jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);


--
-- Name: procrastinate_workers procrastinate_workers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);


--
-- Name: accounts_qualification qualification_once_at_a_time; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_qualification
    ADD CONSTRAINT qualification_once_at_a_time EXCLUDE USING gist (organisation_id WITH =, kind WITH =, daterange(from_on, to_on, '[]'::text) WITH &&);


--
-- Name: submissions_receipt receipt_once_a_version; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_receipt
    ADD CONSTRAINT receipt_once_a_version UNIQUE (dossier_id, version);


--
-- Name: accounts_recommends recommends_one_a_district; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_recommends
    ADD CONSTRAINT recommends_one_a_district EXCLUDE USING gist (district WITH =, daterange(from_on, to_on, '[]'::text) WITH &&) WHERE ((district IS NOT NULL));


--
-- Name: accounts_recommends recommends_one_a_unit; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_recommends
    ADD CONSTRAINT recommends_one_a_unit EXCLUDE USING gist (unit_id WITH =, daterange(from_on, to_on, '[]'::text) WITH &&) WHERE ((unit_id IS NOT NULL));


--
-- Name: submissions_revision revision_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_revision
    ADD CONSTRAINT revision_once UNIQUE (dossier_id, version);


--
-- Name: duplicates_rewording rewording_once_a_pair; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_rewording
    ADD CONSTRAINT rewording_once_a_pair UNIQUE (one_id, other_id);


--
-- Name: calls_route route_one_per_cell; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_route
    ADD CONSTRAINT route_one_per_cell UNIQUE NULLS NOT DISTINCT (call_id, category_id, domain_id, field, value, origin);


--
-- Name: casework_savedview saved_view_once_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.casework_savedview
    ADD CONSTRAINT saved_view_once_a_name UNIQUE (owner_id, process, place, name);


--
-- Name: submissions_attachment submissions_attachment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_attachment
    ADD CONSTRAINT submissions_attachment_pkey PRIMARY KEY (id);


--
-- Name: submissions_batch submissions_batch_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_batch
    ADD CONSTRAINT submissions_batch_number_key UNIQUE (number);


--
-- Name: submissions_batch submissions_batch_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_batch
    ADD CONSTRAINT submissions_batch_pkey PRIMARY KEY (id);


--
-- Name: submissions_dossier submissions_dossier_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_dossier
    ADD CONSTRAINT submissions_dossier_pkey PRIMARY KEY (id);


--
-- Name: submissions_partner submissions_partner_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_partner
    ADD CONSTRAINT submissions_partner_pkey PRIMARY KEY (id);


--
-- Name: submissions_receipt submissions_receipt_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_receipt
    ADD CONSTRAINT submissions_receipt_pkey PRIMARY KEY (id);


--
-- Name: submissions_remark submissions_remark_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_remark
    ADD CONSTRAINT submissions_remark_pkey PRIMARY KEY (id);


--
-- Name: submissions_revision submissions_revision_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_revision
    ADD CONSTRAINT submissions_revision_pkey PRIMARY KEY (id);


--
-- Name: submissions_unmergeddraft submissions_unmergeddraft_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_unmergeddraft
    ADD CONSTRAINT submissions_unmergeddraft_pkey PRIMARY KEY (id);


--
-- Name: suggestions_grouping suggestions_grouping_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_grouping
    ADD CONSTRAINT suggestions_grouping_pkey PRIMARY KEY (id);


--
-- Name: suggestions_suggestion suggestions_suggestion_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_pkey PRIMARY KEY (id);


--
-- Name: suggestions_tie suggestions_tie_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_tie
    ADD CONSTRAINT suggestions_tie_pkey PRIMARY KEY (id);


--
-- Name: submissions_unmergeddraft unmerged_draft_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_unmergeddraft
    ADD CONSTRAINT unmerged_draft_once UNIQUE (dossier_id, saved_by_id);


--
-- Name: duplicates_likeness verdict_once_a_pair; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_likeness
    ADD CONSTRAINT verdict_once_a_pair UNIQUE (one_id, other_id);


--
-- Name: calls_window window_one_of_a_purpose_at_a_time; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_window
    ADD CONSTRAINT window_one_of_a_purpose_at_a_time EXCLUDE USING gist (call_id WITH =, purpose WITH =, tstzrange(opens_at, closes_at, '[]'::text) WITH &&);


--
-- Name: account_emailaddress_email_03be32b2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);


--
-- Name: account_emailaddress_email_03be32b2_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);


--
-- Name: account_emailaddress_user_id_2c513194; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);


--
-- Name: account_emailconfirmation_email_address_id_5b7f8c58; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);


--
-- Name: account_emailconfirmation_key_f43612bd_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);


--
-- Name: accounts_appointment_appointed_by_id_b0e0ff42; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_appointment_appointed_by_id_b0e0ff42 ON public.accounts_appointment USING btree (appointed_by_id);


--
-- Name: accounts_appointment_body_id_a7fc0749; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_appointment_body_id_a7fc0749 ON public.accounts_appointment USING btree (body_id);


--
-- Name: accounts_appointment_office_id_099c35ca; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_appointment_office_id_099c35ca ON public.accounts_appointment USING btree (office_id);


--
-- Name: accounts_appointment_user_id_ffc999b5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_appointment_user_id_ffc999b5 ON public.accounts_appointment USING btree (user_id);


--
-- Name: accounts_department_organisation_id_b38c6059; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_department_organisation_id_b38c6059 ON public.accounts_department USING btree (organisation_id);


--
-- Name: accounts_district_code_f361022a_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_district_code_f361022a_like ON public.accounts_district USING btree (code varchar_pattern_ops);


--
-- Name: accounts_invitation_invited_by_id_94a21efc; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_invitation_invited_by_id_94a21efc ON public.accounts_invitation USING btree (invited_by_id);


--
-- Name: accounts_invitation_organisation_id_b7f9480b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_invitation_organisation_id_b7f9480b ON public.accounts_invitation USING btree (organisation_id);


--
-- Name: accounts_invitation_token_hash_3d59d75c_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_invitation_token_hash_3d59d75c_like ON public.accounts_invitation USING btree (token_hash varchar_pattern_ops);


--
-- Name: accounts_membership_department_id_42e4d78d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_membership_department_id_42e4d78d ON public.accounts_membership USING btree (department_id);


--
-- Name: accounts_membership_organisation_id_98e5c22b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_membership_organisation_id_98e5c22b ON public.accounts_membership USING btree (organisation_id);


--
-- Name: accounts_membership_user_id_487fb39e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_membership_user_id_487fb39e ON public.accounts_membership USING btree (user_id);


--
-- Name: accounts_office_code_9027cba0_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_office_code_9027cba0_like ON public.accounts_office USING btree (code varchar_pattern_ops);


--
-- Name: accounts_office_name_ccfb9a36_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_office_name_ccfb9a36_like ON public.accounts_office USING btree (name varchar_pattern_ops);


--
-- Name: accounts_organisation_merged_into_id_baea4423; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_organisation_merged_into_id_baea4423 ON public.accounts_organisation USING btree (merged_into_id);


--
-- Name: accounts_organisation_uscc_8e24f92d_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_organisation_uscc_8e24f92d_like ON public.accounts_organisation USING btree (uscc varchar_pattern_ops);


--
-- Name: accounts_organisationversion_organisation_id_c4928d34; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_organisationversion_organisation_id_c4928d34 ON public.accounts_organisationversion USING btree (organisation_id);


--
-- Name: accounts_person_id_hash_e72d9ff3_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_person_id_hash_e72d9ff3_like ON public.accounts_person USING btree (id_hash varchar_pattern_ops);


--
-- Name: accounts_qualification_organisation_id_54bc0b79; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_qualification_organisation_id_54bc0b79 ON public.accounts_qualification USING btree (organisation_id);


--
-- Name: accounts_qualificationkind_code_c030b2b0_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_qualificationkind_code_c030b2b0_like ON public.accounts_qualificationkind USING btree (code varchar_pattern_ops);


--
-- Name: accounts_recommends_recommender_id_4b10ea0e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_recommends_recommender_id_4b10ea0e ON public.accounts_recommends USING btree (recommender_id);


--
-- Name: accounts_recommends_unit_id_68e220f4; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_recommends_unit_id_68e220f4 ON public.accounts_recommends USING btree (unit_id);


--
-- Name: accounts_session_account_id_13077c3e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_session_account_id_13077c3e ON public.accounts_session USING btree (account_id);


--
-- Name: accounts_session_expire_date_5bbfba7c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_session_expire_date_5bbfba7c ON public.accounts_session USING btree (expire_date);


--
-- Name: accounts_session_session_key_b186966f_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_session_session_key_b186966f_like ON public.accounts_session USING btree (session_key varchar_pattern_ops);


--
-- Name: accounts_user_username_6088629e_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_user_username_6088629e_like ON public.accounts_user USING btree (username varchar_pattern_ops);


--
-- Name: appointment_in_office; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX appointment_in_office ON public.accounts_appointment USING btree (office_id, role);


--
-- Name: appointment_of_role; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX appointment_of_role ON public.accounts_appointment USING btree (role, body_id);


--
-- Name: attachment_named_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX attachment_named_once ON public.submissions_attachment USING btree (dossier_id, field, file_id) WHERE (until_version IS NULL);


--
-- Name: auth_group_name_a6ea08ec_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


--
-- Name: auth_group_permissions_group_id_b120cbf9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


--
-- Name: auth_group_permissions_permission_id_84c5c92e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


--
-- Name: auth_permission_content_type_id_2f476e4b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


--
-- Name: axes_accessattempt_ip_address_10922d9c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);


--
-- Name: axes_accessattempt_user_agent_ad89678b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);


--
-- Name: axes_accessattempt_user_agent_ad89678b_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);


--
-- Name: axes_accessattempt_username_3f2d4ca0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);


--
-- Name: axes_accessattempt_username_3f2d4ca0_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);


--
-- Name: axes_accessfailurelog_ip_address_2e9f5a7f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);


--
-- Name: axes_accessfailurelog_user_agent_ea145dda; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);


--
-- Name: axes_accessfailurelog_user_agent_ea145dda_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);


--
-- Name: axes_accessfailurelog_username_a8b7e8a4; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);


--
-- Name: axes_accessfailurelog_username_a8b7e8a4_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);


--
-- Name: axes_accesslog_ip_address_86b417e5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);


--
-- Name: axes_accesslog_user_agent_0e659004; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);


--
-- Name: axes_accesslog_user_agent_0e659004_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);


--
-- Name: axes_accesslog_username_df93064b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);


--
-- Name: axes_accesslog_username_df93064b_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);


--
-- Name: calls_call_code_665101fb_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_call_code_665101fb_like ON public.calls_call USING btree (code varchar_pattern_ops);


--
-- Name: calls_call_previous_id_3489b179; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_call_previous_id_3489b179 ON public.calls_call USING btree (previous_id);


--
-- Name: calls_call_programme_id_9494e3ad; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_call_programme_id_9494e3ad ON public.calls_call USING btree (programme_id);


--
-- Name: calls_callform_call_id_5a0e4449; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_callform_call_id_5a0e4449 ON public.calls_callform USING btree (call_id);


--
-- Name: calls_calloffice_call_id_84f4e90d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_calloffice_call_id_84f4e90d ON public.calls_calloffice USING btree (call_id);


--
-- Name: calls_calloffice_office_id_16181ac5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_calloffice_office_id_16181ac5 ON public.calls_calloffice USING btree (office_id);


--
-- Name: calls_category_call_id_374da4fe; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_category_call_id_374da4fe ON public.calls_category USING btree (call_id);


--
-- Name: calls_category_parent_id_ec697779; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_category_parent_id_ec697779 ON public.calls_category USING btree (parent_id);


--
-- Name: calls_category_same_as_id_da35bb8f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_category_same_as_id_da35bb8f ON public.calls_category USING btree (same_as_id);


--
-- Name: calls_domain_call_id_e631c98e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_domain_call_id_e631c98e ON public.calls_domain USING btree (call_id);


--
-- Name: calls_domain_same_as_id_68b9d30e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_domain_same_as_id_68b9d30e ON public.calls_domain USING btree (same_as_id);


--
-- Name: calls_programme_code_2dc2b91d_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_programme_code_2dc2b91d_like ON public.calls_programme USING btree (code varchar_pattern_ops);


--
-- Name: calls_question_asked_by_id_8af29601; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_question_asked_by_id_8af29601 ON public.calls_question USING btree (asked_by_id);


--
-- Name: calls_question_call_id_7598567e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_question_call_id_7598567e ON public.calls_question USING btree (call_id);


--
-- Name: calls_question_office_id_727e66d0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_question_office_id_727e66d0 ON public.calls_question USING btree (office_id);


--
-- Name: calls_route_call_id_81f573a0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_route_call_id_81f573a0 ON public.calls_route USING btree (call_id);


--
-- Name: calls_route_category_id_3c5354cc; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_route_category_id_3c5354cc ON public.calls_route USING btree (category_id);


--
-- Name: calls_route_domain_id_ec89ad63; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_route_domain_id_ec89ad63 ON public.calls_route USING btree (domain_id);


--
-- Name: calls_route_office_id_6547c54c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_route_office_id_6547c54c ON public.calls_route USING btree (office_id);


--
-- Name: calls_route_proposed_id_30bba877; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_route_proposed_id_30bba877 ON public.calls_route USING btree (proposed_id);


--
-- Name: calls_window_call_id_0b2dd043; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX calls_window_call_id_0b2dd043 ON public.calls_window USING btree (call_id);


--
-- Name: casework_note_dossier_id_abcf6d5f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX casework_note_dossier_id_abcf6d5f ON public.casework_note USING btree (dossier_id);


--
-- Name: casework_savedview_office_id_bd7d788e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX casework_savedview_office_id_bd7d788e ON public.casework_savedview USING btree (office_id);


--
-- Name: corpus_postinglist_segment_id_758c13ed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX corpus_postinglist_segment_id_758c13ed ON public.corpus_postinglist USING btree (segment_id);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: duplicates_likeness_other_id_4348cdc1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX duplicates_likeness_other_id_4348cdc1 ON public.duplicates_likeness USING btree (other_id);


--
-- Name: duplicates_rewording_other_id_920c54b6; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX duplicates_rewording_other_id_920c54b6 ON public.duplicates_rewording USING btree (other_id);


--
-- Name: event_detail_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_detail_address ON public.kernel_eventdetail USING btree (event_id) WHERE (address IS NOT NULL);


--
-- Name: event_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_subject ON public.kernel_event USING btree (subject_type, subject_id, id);


--
-- Name: fresh_posting_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fresh_posting_key ON public.corpus_freshposting USING btree (key) INCLUDE (entry);


--
-- Name: idx_procrastinate_jobs_worker_not_null; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));


--
-- Name: idx_procrastinate_workers_last_heartbeat; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);


--
-- Name: kernel_counter_series_adb1fe89_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_counter_series_adb1fe89_like ON public.kernel_counter USING btree (series varchar_pattern_ops);


--
-- Name: kernel_event_actor_id_c3bd4acd; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_event_actor_id_c3bd4acd ON public.kernel_event USING btree (actor_id);


--
-- Name: kernel_filechunk_file_id_5f28860c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_filechunk_file_id_5f28860c ON public.kernel_filechunk USING btree (file_id);


--
-- Name: kernel_idempotencykey_key_3ad2fd24_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_idempotencykey_key_3ad2fd24_like ON public.kernel_idempotencykey USING btree (key varchar_pattern_ops);


--
-- Name: kernel_idempotencykey_owner_id_e4c815e3; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_idempotencykey_owner_id_e4c815e3 ON public.kernel_idempotencykey USING btree (owner_id);


--
-- Name: kernel_notice_recipient_id_a43ad80a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_notice_recipient_id_a43ad80a ON public.kernel_message USING btree (recipient_id);


--
-- Name: kernel_noticepreference_user_id_3d45e213; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_noticepreference_user_id_3d45e213 ON public.kernel_messagepreference USING btree (user_id);


--
-- Name: kernel_storedfile_owner_id_986631fe; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX kernel_storedfile_owner_id_986631fe ON public.kernel_storedfile USING btree (owner_id);


--
-- Name: mfa_authenticator_user_id_0c3a50c0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);


--
-- Name: notice_digest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_digest ON public.kernel_message USING btree (recipient_id, created_at) WHERE ((mailing)::text = 'digest'::text);


--
-- Name: notice_recipient; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_recipient ON public.kernel_message USING btree (recipient_id, created_at DESC);


--
-- Name: notice_unread; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_unread ON public.kernel_message USING btree (recipient_id) WHERE (read_at IS NULL);


--
-- Name: organisation_queue; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX organisation_queue ON public.accounts_organisation USING btree (state, created_at);


--
-- Name: organisation_version_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX organisation_version_at ON public.accounts_organisationversion USING btree (organisation_id, from_at DESC);


--
-- Name: partner_once_a_seat; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX partner_once_a_seat ON public.submissions_partner USING btree (dossier_id, side, seat) WHERE ((state)::text = ANY ((ARRAY['asked'::character varying, 'filling'::character varying, 'confirmed'::character varying])::text[]));


--
-- Name: partner_sits_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX partner_sits_once ON public.submissions_partner USING btree (dossier_id, side, organisation_id) WHERE ((state)::text = ANY ((ARRAY['asked'::character varying, 'filling'::character varying, 'confirmed'::character varying])::text[]));


--
-- Name: procrastinate_events_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);


--
-- Name: procrastinate_jobs_id_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


--
-- Name: procrastinate_jobs_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_priority_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_queue_name_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);


--
-- Name: procrastinate_jobs_queueing_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_periodic_defers_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);


--
-- Name: question_asker; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX question_asker ON public.calls_question USING btree (asked_by_id, asked_at DESC);


--
-- Name: question_call; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX question_call ON public.calls_question USING btree (call_id, answered_at DESC);


--
-- Name: question_desk; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX question_desk ON public.calls_question USING btree (office_id, state, asked_at);


--
-- Name: receipt_by_number; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receipt_by_number ON public.submissions_receipt USING btree (number);


--
-- Name: submissions_attachment_file_id_7ce5818f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_attachment_file_id_7ce5818f ON public.submissions_attachment USING btree (file_id);


--
-- Name: submissions_batch_call_id_71ac3cd7; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_batch_call_id_71ac3cd7 ON public.submissions_batch USING btree (call_id);


--
-- Name: submissions_batch_number_33214e41_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_batch_number_33214e41_like ON public.submissions_batch USING btree (number varchar_pattern_ops);


--
-- Name: submissions_batch_organisation_id_4a709311; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_batch_organisation_id_4a709311 ON public.submissions_batch USING btree (organisation_id);


--
-- Name: submissions_batch_submitted_by_id_f82b66ec; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_batch_submitted_by_id_f82b66ec ON public.submissions_batch USING btree (submitted_by_id);


--
-- Name: submissions_partner_dossier_id_3feba661; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_partner_dossier_id_3feba661 ON public.submissions_partner USING btree (dossier_id);


--
-- Name: submissions_partner_organisation_id_c1d56a0a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_partner_organisation_id_c1d56a0a ON public.submissions_partner USING btree (organisation_id);


--
-- Name: submissions_partner_user_id_cbb90642; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_partner_user_id_cbb90642 ON public.submissions_partner USING btree (user_id);


--
-- Name: submissions_receipt_batch_id_419ac48e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_receipt_batch_id_419ac48e ON public.submissions_receipt USING btree (batch_id);


--
-- Name: submissions_remark_author_id_91d0b970; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_remark_author_id_91d0b970 ON public.submissions_remark USING btree (author_id);


--
-- Name: submissions_remark_dossier_id_187d27e5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_remark_dossier_id_187d27e5 ON public.submissions_remark USING btree (dossier_id);


--
-- Name: submissions_remark_resolved_by_id_cb0c813a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_remark_resolved_by_id_cb0c813a ON public.submissions_remark USING btree (resolved_by_id);


--
-- Name: submissions_unmergeddraft_dossier_id_c48460fb; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_unmergeddraft_dossier_id_c48460fb ON public.submissions_unmergeddraft USING btree (dossier_id);


--
-- Name: submissions_unmergeddraft_saved_by_id_9342d474; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX submissions_unmergeddraft_saved_by_id_9342d474 ON public.submissions_unmergeddraft USING btree (saved_by_id);


--
-- Name: suggestion_arrived; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestion_arrived ON public.suggestions_suggestion USING btree (submitted_at DESC, id DESC) INCLUDE (state) WHERE ((state)::text = ANY (ARRAY[('submitted'::character varying)::text, ('triage'::character varying)::text, ('with_office'::character varying)::text, ('returned_by_office'::character varying)::text, ('unit_review_again'::character varying)::text, ('pooled'::character varying)::text, ('merged'::character varying)::text, ('declined'::character varying)::text, ('condensed'::character varying)::text, ('adopted'::character varying)::text, ('carried_over'::character varying)::text]));


--
-- Name: suggestion_inbox; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestion_inbox ON public.suggestions_suggestion USING btree (office_id, state_since, id) INCLUDE (state) WHERE ((state)::text = ANY (ARRAY[('submitted'::character varying)::text, ('triage'::character varying)::text, ('with_office'::character varying)::text, ('returned_by_office'::character varying)::text, ('unit_review_again'::character varying)::text, ('pooled'::character varying)::text, ('merged'::character varying)::text, ('declined'::character varying)::text, ('condensed'::character varying)::text, ('adopted'::character varying)::text, ('carried_over'::character varying)::text]));


--
-- Name: suggestion_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX suggestion_number ON public.suggestions_suggestion USING btree (number, call_id) WHERE (NOT ((number)::text = ''::text));


--
-- Name: suggestion_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestion_state ON public.suggestions_suggestion USING btree (state, state_since);


--
-- Name: suggestion_todo; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestion_todo ON public.suggestions_suggestion USING btree (office_id, state_since, id) WHERE ((state)::text = ANY (ARRAY[('submitted'::character varying)::text, ('with_office'::character varying)::text]));


--
-- Name: suggestion_unit; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestion_unit ON public.suggestions_suggestion USING btree (organisation_id, state);


--
-- Name: suggestions_grouping_office_id_703b8901; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestions_grouping_office_id_703b8901 ON public.suggestions_grouping USING btree (office_id);


--
-- Name: suggestions_suggestion_author_id_09a5f112; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestions_suggestion_author_id_09a5f112 ON public.suggestions_suggestion USING btree (author_id);


--
-- Name: suggestions_suggestion_call_id_c5ebedae; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestions_suggestion_call_id_c5ebedae ON public.suggestions_suggestion USING btree (call_id);


--
-- Name: suggestions_suggestion_merged_into_id_d42aa386; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestions_suggestion_merged_into_id_d42aa386 ON public.suggestions_suggestion USING btree (merged_into_id);


--
-- Name: suggestions_suggestion_office_id_c67469b8; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestions_suggestion_office_id_c67469b8 ON public.suggestions_suggestion USING btree (office_id);


--
-- Name: suggestions_tie_call_id_b59c4b47; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX suggestions_tie_call_id_b59c4b47 ON public.suggestions_tie USING btree (call_id);


--
-- Name: tie_once_a_pair; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tie_once_a_pair ON public.suggestions_tie USING btree (one_id, other_id) WHERE (undone_at IS NULL);


--
-- Name: unique_authenticator_type; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));


--
-- Name: unique_primary_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";


--
-- Name: unique_verified_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;


--
-- Name: accounts_district count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.accounts_district FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.accounts_district ENABLE ALWAYS TRIGGER count_change;


--
-- Name: accounts_office count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.accounts_office FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.accounts_office ENABLE ALWAYS TRIGGER count_change;


--
-- Name: accounts_organisation count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.accounts_organisation FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.accounts_organisation ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_call count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_call FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_call ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_calldefinition count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_calldefinition FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_calldefinition ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_callform count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_callform FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_callform ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_calloffice count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_calloffice FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_calloffice ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_category count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_category FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_category ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_domain count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_domain FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_domain ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_question count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_question FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_question ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_route count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_route FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_route ENABLE ALWAYS TRIGGER count_change;


--
-- Name: calls_window count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.calls_window FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.calls_window ENABLE ALWAYS TRIGGER count_change;


--
-- Name: kernel_event count_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.kernel_event FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.kernel_event ENABLE ALWAYS TRIGGER count_change;


--
-- Name: suggestions_suggestion count_change_by_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change_by_delete AFTER DELETE ON public.suggestions_suggestion FOR EACH ROW WHEN (((old.state)::text <> ALL ((ARRAY['draft'::character varying, 'unit_review'::character varying, 'returned_by_unit'::character varying, 'recommending'::character varying, 'returned_by_recommender'::character varying])::text[]))) EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.suggestions_suggestion ENABLE ALWAYS TRIGGER count_change_by_delete;


--
-- Name: suggestions_suggestion count_change_by_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change_by_insert AFTER INSERT ON public.suggestions_suggestion FOR EACH ROW WHEN (((new.state)::text <> ALL ((ARRAY['draft'::character varying, 'unit_review'::character varying, 'returned_by_unit'::character varying, 'recommending'::character varying, 'returned_by_recommender'::character varying])::text[]))) EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.suggestions_suggestion ENABLE ALWAYS TRIGGER count_change_by_insert;


--
-- Name: suggestions_suggestion count_change_by_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change_by_truncate AFTER TRUNCATE ON public.suggestions_suggestion FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.suggestions_suggestion ENABLE ALWAYS TRIGGER count_change_by_truncate;


--
-- Name: suggestions_suggestion count_change_by_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_change_by_update AFTER UPDATE ON public.suggestions_suggestion FOR EACH ROW WHEN ((((old.state)::text <> ALL ((ARRAY['draft'::character varying, 'unit_review'::character varying, 'returned_by_unit'::character varying, 'recommending'::character varying, 'returned_by_recommender'::character varying])::text[])) OR ((new.state)::text <> ALL ((ARRAY['draft'::character varying, 'unit_review'::character varying, 'returned_by_unit'::character varying, 'recommending'::character varying, 'returned_by_recommender'::character varying])::text[])))) EXECUTE FUNCTION public.kernel_count_change();

ALTER TABLE public.suggestions_suggestion ENABLE ALWAYS TRIGGER count_change_by_update;


--
-- Name: kernel_event pgtrigger_append_only_12968; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_12968 BEFORE DELETE OR UPDATE ON public.kernel_event FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_12968();


--
-- Name: submissions_batch pgtrigger_append_only_3ae04; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_3ae04 BEFORE DELETE OR UPDATE ON public.submissions_batch FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_3ae04();


--
-- Name: submissions_receipt pgtrigger_append_only_3bdd8; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_3bdd8 BEFORE DELETE OR UPDATE ON public.submissions_receipt FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_3bdd8();


--
-- Name: kernel_seal pgtrigger_append_only_3ef4b; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_3ef4b BEFORE DELETE OR UPDATE ON public.kernel_seal FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_3ef4b();


--
-- Name: accounts_organisationversion pgtrigger_append_only_90eb4; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_90eb4 BEFORE DELETE OR UPDATE ON public.accounts_organisationversion FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_90eb4();


--
-- Name: suggestions_suggestion pgtrigger_belongs_to_its_process_0a5d1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_belongs_to_its_process_0a5d1 BEFORE INSERT ON public.suggestions_suggestion FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_belongs_to_its_process_0a5d1();


--
-- Name: calls_question pgtrigger_frozen_2062f; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_frozen_2062f BEFORE DELETE OR UPDATE ON public.calls_question FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_frozen_2062f();


--
-- Name: submissions_revision pgtrigger_frozen_d54a1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_frozen_d54a1 BEFORE UPDATE ON public.submissions_revision FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_frozen_d54a1();


--
-- Name: calls_callform pgtrigger_frozen_f0cbd; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_frozen_f0cbd BEFORE DELETE OR UPDATE ON public.calls_callform FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_frozen_f0cbd();


--
-- Name: kernel_eventdetail pgtrigger_only_erased_beef8; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_only_erased_beef8 BEFORE DELETE OR UPDATE ON public.kernel_eventdetail FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_only_erased_beef8();


--
-- Name: submissions_partner pgtrigger_state_guard_6d6b0; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_state_guard_6d6b0 BEFORE INSERT OR UPDATE OF state ON public.submissions_partner FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_state_guard_6d6b0();


--
-- Name: calls_call pgtrigger_state_guard_74d36; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_state_guard_74d36 BEFORE INSERT OR UPDATE OF state ON public.calls_call FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_state_guard_74d36();


--
-- Name: accounts_organisation pgtrigger_state_guard_bb9ca; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_state_guard_bb9ca BEFORE INSERT OR UPDATE OF state ON public.accounts_organisation FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_state_guard_bb9ca();


--
-- Name: accounts_membership pgtrigger_state_guard_c486e; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_state_guard_c486e BEFORE INSERT OR UPDATE OF state ON public.accounts_membership FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_state_guard_c486e();


--
-- Name: suggestions_suggestion pgtrigger_state_guard_c986f; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_state_guard_c986f BEFORE INSERT OR UPDATE OF state ON public.suggestions_suggestion FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_state_guard_c986f();


--
-- Name: calls_question pgtrigger_state_guard_fbaea; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_state_guard_fbaea BEFORE INSERT OR UPDATE OF state ON public.calls_question FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_state_guard_fbaea();


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_aborted_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_inserted_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_abort_requested_events_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_delete_jobs_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_scheduled_events_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_insert_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_update_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();


--
-- Name: account_emailaddress account_emailaddress_user_id_2c513194_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: account_emailconfirmation account_emailconfirm_email_address_id_5b7f8c58_fk_account_e; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_appointment accounts_appointment_appointed_by_id_b0e0ff42_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_appointment
    ADD CONSTRAINT accounts_appointment_appointed_by_id_b0e0ff42_fk_accounts_ FOREIGN KEY (appointed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_appointment accounts_appointment_body_id_a7fc0749_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_appointment
    ADD CONSTRAINT accounts_appointment_body_id_a7fc0749_fk_accounts_ FOREIGN KEY (body_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_appointment accounts_appointment_office_id_099c35ca_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_appointment
    ADD CONSTRAINT accounts_appointment_office_id_099c35ca_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_appointment accounts_appointment_user_id_ffc999b5_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_appointment
    ADD CONSTRAINT accounts_appointment_user_id_ffc999b5_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_department accounts_department_organisation_id_b38c6059_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_department
    ADD CONSTRAINT accounts_department_organisation_id_b38c6059_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_invitation accounts_invitation_invited_by_id_94a21efc_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_invited_by_id_94a21efc_fk_accounts_user_id FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_invitation accounts_invitation_organisation_id_b7f9480b_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_organisation_id_b7f9480b_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_membership accounts_membership_department_id_42e4d78d_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_department_id_42e4d78d_fk_accounts_ FOREIGN KEY (department_id) REFERENCES public.accounts_department(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_membership accounts_membership_organisation_id_98e5c22b_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_organisation_id_98e5c22b_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_membership accounts_membership_user_id_487fb39e_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_user_id_487fb39e_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_organisation accounts_organisatio_district_3df69e59_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisatio_district_3df69e59_fk_accounts_ FOREIGN KEY (district) REFERENCES public.accounts_district(code) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_organisationversion accounts_organisatio_district_4a137cb4_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_organisationversion
    ADD CONSTRAINT accounts_organisatio_district_4a137cb4_fk_accounts_ FOREIGN KEY (district) REFERENCES public.accounts_district(code) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_organisation accounts_organisatio_merged_into_id_baea4423_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisatio_merged_into_id_baea4423_fk_accounts_ FOREIGN KEY (merged_into_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_organisationversion accounts_organisatio_organisation_id_c4928d34_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_organisationversion
    ADD CONSTRAINT accounts_organisatio_organisation_id_c4928d34_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_qualification accounts_qualificati_kind_b51b61a6_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_qualification
    ADD CONSTRAINT accounts_qualificati_kind_b51b61a6_fk_accounts_ FOREIGN KEY (kind) REFERENCES public.accounts_qualificationkind(code) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_qualification accounts_qualificati_organisation_id_54bc0b79_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_qualification
    ADD CONSTRAINT accounts_qualificati_organisation_id_54bc0b79_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_recommends accounts_recommends_district_bd411994_fk_accounts_district_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_recommends
    ADD CONSTRAINT accounts_recommends_district_bd411994_fk_accounts_district_code FOREIGN KEY (district) REFERENCES public.accounts_district(code) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_recommends accounts_recommends_recommender_id_4b10ea0e_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_recommends
    ADD CONSTRAINT accounts_recommends_recommender_id_4b10ea0e_fk_accounts_ FOREIGN KEY (recommender_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_recommends accounts_recommends_unit_id_68e220f4_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_recommends
    ADD CONSTRAINT accounts_recommends_unit_id_68e220f4_fk_accounts_ FOREIGN KEY (unit_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_session accounts_session_account_id_13077c3e_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_session
    ADD CONSTRAINT accounts_session_account_id_13077c3e_fk_accounts_user_id FOREIGN KEY (account_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_user accounts_user_person_id_6f9b1782_fk_accounts_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_person_id_6f9b1782_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissio_permission_id_84c5c92e_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissions_group_id_b120cbf9_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_permission auth_permission_content_type_id_2f476e4b_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: axes_accessattemptexpiration axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_call calls_call_previous_id_3489b179_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_previous_id_3489b179_fk_calls_call_id FOREIGN KEY (previous_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_call calls_call_programme_id_9494e3ad_fk_calls_programme_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_programme_id_9494e3ad_fk_calls_programme_id FOREIGN KEY (programme_id) REFERENCES public.calls_programme(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_calldefinition calls_calldefinition_call_id_ae5b0754_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_calldefinition
    ADD CONSTRAINT calls_calldefinition_call_id_ae5b0754_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_callform calls_callform_call_id_5a0e4449_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_callform
    ADD CONSTRAINT calls_callform_call_id_5a0e4449_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_calloffice calls_calloffice_call_id_84f4e90d_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_calloffice
    ADD CONSTRAINT calls_calloffice_call_id_84f4e90d_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_calloffice calls_calloffice_office_id_16181ac5_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_calloffice
    ADD CONSTRAINT calls_calloffice_office_id_16181ac5_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_category calls_category_call_id_374da4fe_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_category
    ADD CONSTRAINT calls_category_call_id_374da4fe_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_category calls_category_parent_id_ec697779_fk_calls_category_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_category
    ADD CONSTRAINT calls_category_parent_id_ec697779_fk_calls_category_id FOREIGN KEY (parent_id) REFERENCES public.calls_category(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_category calls_category_same_as_id_da35bb8f_fk_calls_category_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_category
    ADD CONSTRAINT calls_category_same_as_id_da35bb8f_fk_calls_category_id FOREIGN KEY (same_as_id) REFERENCES public.calls_category(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_domain calls_domain_call_id_e631c98e_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_domain
    ADD CONSTRAINT calls_domain_call_id_e631c98e_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_domain calls_domain_same_as_id_68b9d30e_fk_calls_domain_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_domain
    ADD CONSTRAINT calls_domain_same_as_id_68b9d30e_fk_calls_domain_id FOREIGN KEY (same_as_id) REFERENCES public.calls_domain(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_question calls_question_asked_by_id_8af29601_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_question
    ADD CONSTRAINT calls_question_asked_by_id_8af29601_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_question calls_question_call_id_7598567e_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_question
    ADD CONSTRAINT calls_question_call_id_7598567e_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_question calls_question_office_id_727e66d0_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_question
    ADD CONSTRAINT calls_question_office_id_727e66d0_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_route calls_route_call_id_81f573a0_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_route
    ADD CONSTRAINT calls_route_call_id_81f573a0_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_route calls_route_category_id_3c5354cc_fk_calls_category_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_route
    ADD CONSTRAINT calls_route_category_id_3c5354cc_fk_calls_category_id FOREIGN KEY (category_id) REFERENCES public.calls_category(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_route calls_route_domain_id_ec89ad63_fk_calls_domain_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_route
    ADD CONSTRAINT calls_route_domain_id_ec89ad63_fk_calls_domain_id FOREIGN KEY (domain_id) REFERENCES public.calls_domain(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_route calls_route_office_id_6547c54c_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_route
    ADD CONSTRAINT calls_route_office_id_6547c54c_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_route calls_route_proposed_id_30bba877_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_route
    ADD CONSTRAINT calls_route_proposed_id_30bba877_fk_accounts_office_id FOREIGN KEY (proposed_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: calls_window calls_window_call_id_0b2dd043_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calls_window
    ADD CONSTRAINT calls_window_call_id_0b2dd043_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: casework_note casework_note_author_id_f1622f7b_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_author_id_f1622f7b_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: casework_note casework_note_dossier_id_abcf6d5f_fk_submissions_dossier_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_dossier_id_abcf6d5f_fk_submissions_dossier_id FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: casework_savedview casework_savedview_office_id_bd7d788e_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.casework_savedview
    ADD CONSTRAINT casework_savedview_office_id_bd7d788e_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: casework_savedview casework_savedview_owner_id_6eeb32c9_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.casework_savedview
    ADD CONSTRAINT casework_savedview_owner_id_6eeb32c9_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: corpus_postinglist corpus_postinglist_segment_id_758c13ed_fk_corpus_segment_number; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.corpus_postinglist
    ADD CONSTRAINT corpus_postinglist_segment_id_758c13ed_fk_corpus_segment_number FOREIGN KEY (segment_id) REFERENCES public.corpus_segment(number) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: duplicates_deeperlook duplicates_deeperloo_dossier_id_f0bb7edc_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_deeperlook
    ADD CONSTRAINT duplicates_deeperloo_dossier_id_f0bb7edc_fk_submissio FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: duplicates_likeness duplicates_likeness_judged_by_id_36946670_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_likeness
    ADD CONSTRAINT duplicates_likeness_judged_by_id_36946670_fk_accounts_user_id FOREIGN KEY (judged_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: duplicates_likeness duplicates_likeness_one_id_d0b9ea2b_fk_submissions_dossier_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_likeness
    ADD CONSTRAINT duplicates_likeness_one_id_d0b9ea2b_fk_submissions_dossier_id FOREIGN KEY (one_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: duplicates_likeness duplicates_likeness_other_id_4348cdc1_fk_submissions_dossier_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_likeness
    ADD CONSTRAINT duplicates_likeness_other_id_4348cdc1_fk_submissions_dossier_id FOREIGN KEY (other_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: duplicates_rewording duplicates_rewording_one_id_75003a1d_fk_submissions_dossier_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_rewording
    ADD CONSTRAINT duplicates_rewording_one_id_75003a1d_fk_submissions_dossier_id FOREIGN KEY (one_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: duplicates_rewording duplicates_rewording_other_id_920c54b6_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.duplicates_rewording
    ADD CONSTRAINT duplicates_rewording_other_id_920c54b6_fk_submissio FOREIGN KEY (other_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: kernel_event kernel_event_actor_id_c3bd4acd_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_event
    ADD CONSTRAINT kernel_event_actor_id_c3bd4acd_fk_accounts_user_id FOREIGN KEY (actor_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: kernel_eventdetail kernel_eventdetail_event_id_db140635_fk_kernel_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_eventdetail
    ADD CONSTRAINT kernel_eventdetail_event_id_db140635_fk_kernel_event_id FOREIGN KEY (event_id) REFERENCES public.kernel_event(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: kernel_filechunk kernel_filechunk_file_id_5f28860c_fk_kernel_storedfile_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_filechunk
    ADD CONSTRAINT kernel_filechunk_file_id_5f28860c_fk_kernel_storedfile_id FOREIGN KEY (file_id) REFERENCES public.kernel_storedfile(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: kernel_idempotencykey kernel_idempotencykey_owner_id_e4c815e3_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_idempotencykey
    ADD CONSTRAINT kernel_idempotencykey_owner_id_e4c815e3_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: kernel_message kernel_notice_recipient_id_a43ad80a_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_message
    ADD CONSTRAINT kernel_notice_recipient_id_a43ad80a_fk_accounts_user_id FOREIGN KEY (recipient_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: kernel_messagepreference kernel_noticepreference_user_id_3d45e213_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_messagepreference
    ADD CONSTRAINT kernel_noticepreference_user_id_3d45e213_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: kernel_storedfile kernel_storedfile_owner_id_986631fe_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.kernel_storedfile
    ADD CONSTRAINT kernel_storedfile_owner_id_986631fe_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mfa_authenticator mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: procrastinate_events procrastinate_events_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;


--
-- Name: procrastinate_jobs procrastinate_jobs_worker_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);


--
-- Name: submissions_attachment submissions_attachme_dossier_id_7ac88cd4_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_attachment
    ADD CONSTRAINT submissions_attachme_dossier_id_7ac88cd4_fk_submissio FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_attachment submissions_attachment_file_id_7ce5818f_fk_kernel_storedfile_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_attachment
    ADD CONSTRAINT submissions_attachment_file_id_7ce5818f_fk_kernel_storedfile_id FOREIGN KEY (file_id) REFERENCES public.kernel_storedfile(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_batch submissions_batch_call_id_71ac3cd7_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_batch
    ADD CONSTRAINT submissions_batch_call_id_71ac3cd7_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_batch submissions_batch_organisation_id_4a709311_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_batch
    ADD CONSTRAINT submissions_batch_organisation_id_4a709311_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_batch submissions_batch_submitted_by_id_f82b66ec_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_batch
    ADD CONSTRAINT submissions_batch_submitted_by_id_f82b66ec_fk_accounts_user_id FOREIGN KEY (submitted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_partner submissions_partner_dossier_id_3feba661_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_partner
    ADD CONSTRAINT submissions_partner_dossier_id_3feba661_fk_submissio FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_partner submissions_partner_organisation_id_c1d56a0a_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_partner
    ADD CONSTRAINT submissions_partner_organisation_id_c1d56a0a_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_partner submissions_partner_user_id_cbb90642_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_partner
    ADD CONSTRAINT submissions_partner_user_id_cbb90642_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_receipt submissions_receipt_batch_id_419ac48e_fk_submissions_batch_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_receipt
    ADD CONSTRAINT submissions_receipt_batch_id_419ac48e_fk_submissions_batch_id FOREIGN KEY (batch_id) REFERENCES public.submissions_batch(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_receipt submissions_receipt_dossier_id_68f97c61_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_receipt
    ADD CONSTRAINT submissions_receipt_dossier_id_68f97c61_fk_submissio FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_remark submissions_remark_author_id_91d0b970_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_remark
    ADD CONSTRAINT submissions_remark_author_id_91d0b970_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_remark submissions_remark_dossier_id_187d27e5_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_remark
    ADD CONSTRAINT submissions_remark_dossier_id_187d27e5_fk_submissio FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_remark submissions_remark_resolved_by_id_cb0c813a_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_remark
    ADD CONSTRAINT submissions_remark_resolved_by_id_cb0c813a_fk_accounts_user_id FOREIGN KEY (resolved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_revision submissions_revision_dossier_id_66d7fa8e_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_revision
    ADD CONSTRAINT submissions_revision_dossier_id_66d7fa8e_fk_submissio FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_revision submissions_revision_saved_by_id_f5414221_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_revision
    ADD CONSTRAINT submissions_revision_saved_by_id_f5414221_fk_accounts_user_id FOREIGN KEY (saved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_unmergeddraft submissions_unmerged_dossier_id_c48460fb_fk_submissio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_unmergeddraft
    ADD CONSTRAINT submissions_unmerged_dossier_id_c48460fb_fk_submissio FOREIGN KEY (dossier_id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: submissions_unmergeddraft submissions_unmerged_saved_by_id_9342d474_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submissions_unmergeddraft
    ADD CONSTRAINT submissions_unmerged_saved_by_id_9342d474_fk_accounts_ FOREIGN KEY (saved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_grouping suggestions_grouping_call_id_78c27991_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_grouping
    ADD CONSTRAINT suggestions_grouping_call_id_78c27991_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_grouping suggestions_grouping_office_id_703b8901_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_grouping
    ADD CONSTRAINT suggestions_grouping_office_id_703b8901_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggesti_assigned_category_id_a0f2b4df_fk_calls_cat; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggesti_assigned_category_id_a0f2b4df_fk_calls_cat FOREIGN KEY (assigned_category_id) REFERENCES public.calls_category(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggesti_assigned_domain_id_4080fcbf_fk_calls_dom; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggesti_assigned_domain_id_4080fcbf_fk_calls_dom FOREIGN KEY (assigned_domain_id) REFERENCES public.calls_domain(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggesti_category_id_c97fdf55_fk_calls_cat; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggesti_category_id_c97fdf55_fk_calls_cat FOREIGN KEY (category_id) REFERENCES public.calls_category(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggesti_merged_into_id_d42aa386_fk_suggestio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggesti_merged_into_id_d42aa386_fk_suggestio FOREIGN KEY (merged_into_id) REFERENCES public.suggestions_suggestion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggesti_organisation_id_919d05e5_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggesti_organisation_id_919d05e5_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggesti_recommender_id_2e1c551d_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggesti_recommender_id_2e1c551d_fk_accounts_ FOREIGN KEY (recommender_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggestion_author_id_09a5f112_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_author_id_09a5f112_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggestion_call_id_c5ebedae_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_call_id_c5ebedae_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggestion_domain_id_9f4eff68_fk_calls_domain_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_domain_id_9f4eff68_fk_calls_domain_id FOREIGN KEY (domain_id) REFERENCES public.calls_domain(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggestion_form_id_9d5c67ee_fk_calls_callform_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_form_id_9d5c67ee_fk_calls_callform_id FOREIGN KEY (form_id) REFERENCES public.calls_callform(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggestion_handler_id_daa4ec22_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_handler_id_daa4ec22_fk_accounts_user_id FOREIGN KEY (handler_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggestion_id_dossier; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_id_dossier FOREIGN KEY (id) REFERENCES public.submissions_dossier(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_suggestion suggestions_suggestion_office_id_c67469b8_fk_accounts_office_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_suggestion
    ADD CONSTRAINT suggestions_suggestion_office_id_c67469b8_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_tie suggestions_tie_call_id_b59c4b47_fk_calls_call_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_tie
    ADD CONSTRAINT suggestions_tie_call_id_b59c4b47_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_tie suggestions_tie_one_id_f52e0948_fk_suggestions_suggestion_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_tie
    ADD CONSTRAINT suggestions_tie_one_id_f52e0948_fk_suggestions_suggestion_id FOREIGN KEY (one_id) REFERENCES public.suggestions_suggestion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_tie suggestions_tie_other_id_9b95ec08_fk_suggestions_suggestion_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_tie
    ADD CONSTRAINT suggestions_tie_other_id_9b95ec08_fk_suggestions_suggestion_id FOREIGN KEY (other_id) REFERENCES public.suggestions_suggestion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_tie suggestions_tie_tied_by_id_c5712470_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_tie
    ADD CONSTRAINT suggestions_tie_tied_by_id_c5712470_fk_accounts_user_id FOREIGN KEY (tied_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: suggestions_tie suggestions_tie_undone_by_id_b9dcdbd6_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suggestions_tie
    ADD CONSTRAINT suggestions_tie_undone_by_id_b9dcdbd6_fk_accounts_user_id FOREIGN KEY (undone_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- PostgreSQL database dump complete
--


