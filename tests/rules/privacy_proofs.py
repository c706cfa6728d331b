"""What stands behind each sentence of the page on privacy: a test, by its file and name, or a rule of retention.

A sentence that is new or changed fails tests/rules/test_your_privacy.py until its proof is written down here.
"""

from typing import Final

MINE: Final = "tests/rules/test_your_privacy.py"
AUDIENCES: Final = "tests/rules/test_audiences.py"
CLOCKS: Final = "tests/rules/test_every_personal_field_has_a_clock.py"
STOLEN: Final = "tests/petitions/test_stolen_dump.py"

PROOFS: Final[dict[str, tuple[str, ...]]] = {
    "What this site knows about you, who can see it, and when it is forgotten.": (
        f"{CLOCKS}::test_every_personal_field_is_named_by_a_rule_or_kept_for_a_reason",
    ),
    "Behind each promise on this page stands a test.": (f"{MINE}::test_every_promise_has_a_proof_that_is_there",),
    # When you only read
    "We set no cookie.": (
        f"{AUDIENCES}::test_no_visitor_is_given_a_cookie_by_reading_and_signing",
        "tests/journeys/test_new_visitor.py::test_a_new_visitor_signs_and_is_counted_without_a_cookie",
    ),
    "We store nothing in your browser, unless you ask us to keep a rights sheet on your phone.": (
        "tests/journeys/test_rights_sheets.py::test_a_sheet_is_kept_only_when_asked_and_gone_when_asked",
    ),
    "We load nothing from anybody else: no pictures, no fonts, no counters.": (
        "tests/campaign_site/test_headers.py::test_the_public_gets_nothing_but_our_own_files",
    ),
    "We do not write down who visits, and do not ask what phone or browser you have.": (
        f"{MINE}::test_nothing_of_ours_looks_at_who_visits_and_with_what",
    ),
    "You can read and sign without scripts.": (
        "tests/journeys/test_new_visitor.py::test_a_new_visitor_signs_and_is_counted_without_a_cookie",
    ),
    # When you sign, write or register
    "Each form says what we keep, who sees it and until when.": (
        f"{MINE}::test_every_form_says_what_is_kept_and_leads_here",
    ),
    "We lock your name, your e-mail address and your words before we store them.": (
        "tests/petitions/test_signing.py::test_nothing_typed_is_readable_in_the_stored_rows",
    ),
    "Whoever steals our database can read none of it.": (f"{STOLEN}::test_a_dump_holds_nothing_that_anybody_typed",),
    "Your name is not shown on this site unless you choose that.": (
        "tests/petitions/test_signing.py::test_signing_stores_a_pending_signature_and_one_mail",
        "tests/petitions/test_moderation.py::test_approving_shows_the_comment_to_the_public",
    ),
    "No box is ticked for you.": (
        "tests/rules/test_nothing_is_ticked_beforehand.py::test_forms_of_the_public_never_begin_with_a_ticked_box",
    ),
    "You count only once you press the button in our mail.": (
        "tests/petitions/test_confirming.py::test_confirming_counts_from_the_moment_of_the_press",
        "tests/journeys/test_new_visitor.py::test_looking_at_the_link_again_and_again_confirms_nothing",
    ),
    "If you never press it, what you typed is deleted after about 8 days.": (
        "petitions.unconfirmed",
        "mp_contacts.unconfirmed",
        "events.unconfirmed",
    ),
    "Some petitions only count: they forget your e-mail address as soon as you confirm it.": (
        "tests/petitions/test_signing.py::test_count_only_petition_keeps_no_address_once_confirmed",
    ),
    "A letter that we send to your MP has your name, your addresses and your words in it.": (
        "tests/journeys/test_letters.py::test_a_letter_goes_through_us_to_the_office_and_nobody_else",
    ),
    "Of a letter that you send yourself, we keep nothing about you.": (
        "tests/journeys/test_letters.py::test_a_letter_from_ones_own_mail_leaves_nothing_but_one_more",
    ),
    "To stop floods of forms, we make a mark from a part of your network’s address, and forget it within hours.": (
        "tests/supporters/test_limits.py::TestForgetting::test_empty_buckets_are_deleted_and_full_ones_kept",
        "tests/petitions/test_signing_over_http.py::test_limits_store_no_network_address",
        "supporters.limits",
    ),
    # When we write to you
    "Our mails load nothing, so they do not tell us whether you opened them.": (
        f"{MINE}::test_no_mail_loads_anything",
    ),
    "If a company delivers them for us, we ask it not to follow you either.": (
        "tests/supporters/test_mail_providers.py::test_nothing_is_tracked",
    ),
    "We send you news only if you said yes to it.": (
        "tests/supporters/mailings/test_who_gets_what.py::test_everybody_who_agreed_gets_one_and_nobody_else",
    ),
    "Each mail with news has a link that stops them with one press.": (
        "tests/supporters/mailings/test_who_gets_what.py::test_mail_says_what_was_written_and_how_to_stop_it",
        "tests/supporters/test_unsubscribing.py::test_everything_ends_with_one_press",
    ),
    # Who can see it
    "On this site, only organisers who were given permission see names and e-mail addresses.": (
        "tests/rules/test_route_matrix.py::test_nobody_without_the_right_reaches_one_field_of_a_supporter",
    ),
    "Whoever takes out a list of people must give a reason, and it is written down.": (
        "tests/supporters/test_export_requests.py::test_request_waits_for_the_worker_and_is_on_record",
        "tests/petitions/test_hand_in.py::test_every_part_needs_a_purpose",
    ),
    "When a petition is handed in, whoever it is for may get the names and postcodes, and no e-mail addresses.": (
        "tests/petitions/test_hand_in.py::test_the_list_holds_what_shows_that_real_people_signed_and_nothing_else",
    ),
    "What you need so that you can take part in an event is read only by those who arrange it.": (
        "tests/events/test_admin_needs_and_questions.py::test_nobody_else_reads_what_somebody_needs",
    ),
    # What you can do
    "See, correct, take away or erase everything we hold about you.": (
        "tests/journeys/test_privacy.py::test_everything_is_seen_changed_taken_away_and_erased",
        "tests/rules/test_erasure_leaves_nothing.py::test_nothing_of_them_is_left",
    ),
    "You need no account for it: a link in a mail is enough.": (
        "tests/journeys/test_privacy.py::test_everything_is_seen_changed_taken_away_and_erased",
    ),
    "That page answers everybody alike, so nobody can find out by it whether you were here.": (
        "tests/supporters/test_privacy_neutral_answers.py::test_every_address_gets_the_same_bytes_and_headers",
        "tests/supporters/test_privacy_neutral_answers.py::test_every_address_runs_the_same_statements",
    ),
    "The link in our mail takes back what you signed, wrote or registered for.": (
        "tests/journeys/test_withdrawing.py::test_a_signature_taken_back_leaves_the_total",
        "tests/mp_contacts/test_forgetting_letters.py::test_what_has_not_left_is_stopped_and_its_mail_cancelled",
        "tests/events/test_managing.py::test_cancelling_forgets_and_ends_the_link",
    ),
    # What is kept, and until when
    "A clock runs for everything in this table.": (f"{MINE}::test_the_table_is_the_list_of_rules",),
    "What is past its time is deleted by itself, within about an hour.": (
        "tests/supporters/test_purging.py::test_the_hourly_job_is_the_purge",
        "tests/supporters/test_purging.py::test_every_rule_is_carried_out_and_counted",
    ),
    "If you do nothing here for 400 days, we no longer know who you are.": (
        "tests/rules/test_after_400_days.py::test_nobody_is_found_after_400_days",
    ),
    "A mark is made from an address with a secret key.": (
        "tests/supporters/test_blind_index.py::test_another_index_key_gives_other_hashes",
    ),
    "Without the key, nobody can find the address by it.": (
        "tests/supporters/test_blind_index.py::test_another_index_key_gives_other_hashes",
        "tests/supporters/test_limits.py::TestKeys::test_the_stored_secret_alone_does_not_make_the_key",
    ),
    "Three things stay.": (f"{CLOCKS}::test_nothing_is_kept_for_a_reason_that_has_a_clock_or_is_gone",),
    "Numbers: how many people took part, and in which constituencies.": (
        "tests/petitions/test_retention.py::test_signers_are_forgotten_ninety_days_after_closing_and_still_counted",
    ),
    "If we must not write to you again, a mark of your address, so that we do not forget that.": (
        "tests/supporters/test_a_no_outlives_the_record.py::test_no_address_of_somebody_who_was_erased_is_written_to_again",
    ),
    "What organisers did with people’s data: it names the organiser, and never you.": (
        "tests/supporters/test_audit_chain.py::test_entry_names_who_acted_even_after_the_account_is_gone",
        "tests/rules/test_erasure_leaves_nothing.py::test_nothing_of_them_is_left",
    ),
    # What we cannot protect you from
    "What leaving quickly can and cannot do": (
        "tests/home/test_leaving_quickly.py::test_what_it_cannot_do_is_said_to_everybody",
    ),
    "What is deleted, we cannot give.": (
        "tests/rules/test_erasure_leaves_nothing.py::test_nothing_of_them_is_left",
        f"{STOLEN}::test_the_files_of_the_database_hold_nothing_in_clear",
    ),
}

BEYOND_US: Final[dict[str, str]] = {
    "Your browser remembers the pages you read, until you delete its history.": "what browsers are made to do",
    "Whoever holds your phone or computer can see what you do on it, and may have put a program on it that watches.": (
        "no site can see whether such a program runs"
    ),
    "Whoever can open your mailbox can read our mails.": "a mail is not locked once it has arrived",
    "Whoever runs the wifi, and your phone company, can see that you came to this site.": (
        "names of sites are asked for, and sent with the first packet, in clear"
    ),
    "A court or the police can order us to give them what we still have.": "so says the law, in the United Kingdom too",
    "Somebody who takes over our server while it runs could read what people type.": (
        "a running server holds the keys, or it could not work"
    ),
    "Your MP’s office keeps your letter by rules of its own, and we cannot call a letter back.": (
        "each member answers for what their office keeps"
    ),
    "In the room of an online event, others see the name you choose, and whoever runs it sees your network’s "
    "address.": "a call is put through by whoever runs the room",
    "What you share on another site is kept there, and others can see it.": "it is theirs by then",
    # If something is wrong
    "Tell Parasol first.": "what the organisation does with it is no matter of code",
    "You get an answer within one month.": "UK GDPR, Article 12(3)",
    "You can also complain to the regulator, the Information Commissioner’s Office, at any time: "
    "ico.org.uk/make-a-complaint, or by telephone on 0303 123 1113.": "UK GDPR, Article 77",
}
"""What no test can prove: why it is so all the same. These may stand in the last two sections alone."""
