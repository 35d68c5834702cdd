/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-model-private.h"
#include "record-setting.h"

static void
test_refresh (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 1000);
  g_autoptr (EngramRecordRow) before = record_get_row (self.model, 100);
  g_autoptr (EngramRecordRow) gone = record_get_row (self.model, 200);
  g_autoptr (EngramRecordRow) behind = record_get_row (self.model, 300);
  g_autoptr (EngramRecordRow) moved = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *id = NULL;

  g_signal_connect (self.model, "items-changed", G_CALLBACK (record_note_change), changes);
  record_refresh (self.model, TRUE);
  g_assert_cmpstr (changes->str, ==, "");

  record_delete (&self, 200);
  record_delete (&self, 700);
  record_delete (&self, 701);
  id = record_add (&self);
  record_refresh (self.model, TRUE);
  g_assert_cmpuint (record_count (self.model), ==, 998);
  /* Nobody holds a row between the last three: they are one change, in two steps. */
  g_assert_cmpstr (changes->str, ==, "200-1+0 699-300+0 699-0+299 ");

  moved = g_list_model_get_item (G_LIST_MODEL (self.model), 299);
  g_assert_true (moved == behind);
  g_assert_cmpuint (engram_record_row_get_position (behind), ==, 299);
  g_assert_false (engram_record_row_is_listed (gone));
  record_assert (&self, 299, 300);
  record_assert (&self, 100, 100);
  g_assert_cmpint (engram_record_model_get_rowid (self.model, 997), >, 1000);
  record_tear_down (&self);
}

static void
note_row_changed (EngramRecordRow *row,
                  guint           *n_changes)
{
  (*n_changes)++;
}

static void
test_refresh_content (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 300);
  g_autoptr (EngramRecordRow) changed = record_get_row (self.model, 10);
  g_autoptr (EngramRecordRow) same = record_get_row (self.model, 11);
  guint n_changed = 0, n_same = 0;

  g_signal_connect (changed, "changed", G_CALLBACK (note_row_changed), &n_changed);
  g_signal_connect (same, "changed", G_CALLBACK (note_row_changed), &n_same);
  record_change (&self, 10, 0.75);
  engram_record_model_refresh (self.model, FALSE);
  wait_until (n_changed > 0);
  if (self.kind == ENGRAM_RECORD_NEURON)
    g_assert_cmpfloat (engram_record_row_get_neuron (changed)->activation_level, ==, 0.75);
  else
    g_assert_cmpfloat (engram_record_row_get_synapse (changed)->weight, ==, 0.75);
  record_settle (self.model);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_same, ==, 0);
  g_assert_cmpint (engram_record_row_get_mark (changed), ==, ENGRAM_ROW_UNCHANGED);
  record_tear_down (&self);
}

/* What a list shows of other records counts too: how many synapses a neuron has, what stands at a synapse's ends. */
static void
test_refresh_others (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 300);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 10);
  g_autofree char *id = ui_fixture_dup_id (10);
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_signal_connect (row, "changed", G_CALLBACK (note_row_changed), &n_changes);
  if (self.kind == ENGRAM_RECORD_NEURON)
    {
      g_autoptr (EngramSynapse) synapse = engram_synapse_new (id, id, 0.5, "knowledge");

      engram_synapse_store_create (self.fixture->synapses, synapse, NULL, &error);
      g_assert_no_error (error);
      record_refresh (self.model, FALSE);
      wait_until (n_changes > 0);
      g_assert_cmpuint (engram_record_row_get_outgoing (row), ==, 1);
      g_assert_cmpuint (engram_record_row_get_incoming (row), ==, 1);
    }
  else
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (self.fixture->neurons, id, NULL, &error);

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Another text");
      engram_neuron_store_update (self.fixture->neurons, neuron, NULL, &error);
      g_assert_no_error (error);
      record_refresh (self.model, FALSE);
      wait_until (n_changes > 0);
      g_assert_cmpstr (engram_record_row_get_source_summary (row), ==, "Another text");
      g_assert_cmpstr (engram_record_row_get_target_summary (row), ==, "Neuron 11");
      g_assert_cmpstr (engram_record_row_get_source_type (row), ==, "tool");
      g_assert_cmpstr (engram_record_row_get_target_type (row), ==, "knowledge");
    }
  record_tear_down (&self);
}

/* Scattered changes in many rows: as few emissions as there are rows that somebody holds, however many changes. */
static void
test_refresh_scattered (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 1000);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 501);
  g_autoptr (EngramRecordRow) found = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);

  for (guint number = 0; number < 1000; number += 4)
    record_delete (&self, number);
  g_signal_connect (self.model, "items-changed", G_CALLBACK (record_note_change), changes);
  record_refresh (self.model, FALSE);
  g_assert_cmpuint (record_count (self.model), ==, 750);
  g_assert_cmpstr (changes->str, ==, "0-501+0 0-0+375 378-493+0 378-0+369 ");
  found = g_list_model_get_item (G_LIST_MODEL (self.model), 375);
  g_assert_true (found == row);
  record_tear_down (&self);
}

/* A refresh that is asked for while one is under way sees what happened in between. */
static void
test_refresh_while_loading (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 300);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 10);

  engram_record_model_refresh (self.model, FALSE);
  g_assert_true (engram_record_model_get_loading (self.model));
  record_delete (&self, 0);
  record_change (&self, 10, 0.75);
  engram_record_model_refresh (self.model, TRUE);
  record_settle (self.model);
  g_assert_cmpuint (record_count (self.model), ==, 299);
  wait_until (engram_record_row_get_mark (row) == ENGRAM_ROW_CHANGED);
  record_tear_down (&self);
}

static void
test_marks (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 300);
  g_autoptr (EngramRecordRow) changed = record_get_row (self.model, 10);
  g_autoptr (EngramRecordRow) same = record_get_row (self.model, 11);
  g_autoptr (EngramRecordRow) new_row = NULL;
  g_autofree char *id = NULL;
  guint n_changes = 0;

  record_change (&self, 10, 0.75);
  record_delete (&self, 12);
  id = record_add (&self);
  record_refresh (self.model, TRUE);
  wait_until (engram_record_row_get_mark (changed) == ENGRAM_ROW_CHANGED);
  new_row = record_get_row (self.model, 299);
  g_assert_cmpint (engram_record_row_get_mark (new_row), ==, ENGRAM_ROW_NEW);
  g_assert_cmpint (engram_record_row_get_mark (same), ==, ENGRAM_ROW_UNCHANGED);
  g_clear_object (&new_row);
  new_row = record_get_row (self.model, 12);
  g_assert_cmpint (engram_record_row_get_mark (new_row), ==, ENGRAM_ROW_UNCHANGED);
  g_clear_object (&new_row);

  /* They end, each by itself, and that is told. */
  engram_record_model_set_mark_duration (self.model, 1);
  g_signal_connect (same, "changed", G_CALLBACK (note_row_changed), &n_changes);
  record_change (&self, 11, 0.5);
  record_refresh (self.model, TRUE);
  wait_until (n_changes == 2);
  g_assert_cmpint (engram_record_row_get_mark (same), ==, ENGRAM_ROW_UNCHANGED);
  g_assert_cmpint (engram_record_row_get_mark (changed), ==, ENGRAM_ROW_CHANGED);

  /* An own change is no news. */
  engram_record_model_set_mark_duration (self.model, 100000);
  n_changes = 0;
  record_change (&self, 11, 0.25);
  g_free (g_steal_pointer (&id));
  id = record_add (&self);
  record_refresh (self.model, FALSE);
  wait_until (n_changes == 1);
  g_assert_cmpint (engram_record_row_get_mark (same), ==, ENGRAM_ROW_UNCHANGED);
  new_row = record_get_row (self.model, 300);
  g_assert_cmpint (engram_record_row_get_mark (new_row), ==, ENGRAM_ROW_UNCHANGED);
  record_tear_down (&self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  record_add_both ("refresh", test_refresh);
  record_add_both ("refresh-content", test_refresh_content);
  record_add_both ("refresh-others", test_refresh_others);
  record_add_both ("refresh-scattered", test_refresh_scattered);
  record_add_both ("refresh-while-loading", test_refresh_while_loading);
  record_add_both ("marks", test_marks);

  return g_test_run ();
}
