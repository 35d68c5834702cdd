/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-generator-text-private.h"

/* Notes as a laboratory might keep them: made up, but in the words of the field, and about one part of the
 * brain per community. None of the words has a character that JSON would escape. */

#define N_CELLS 3
#define N_TAGS 4

typedef struct {
  const char *topic;
  const char *region;
  const char *slug;
  const char *cells[N_CELLS];
  const char *tags[N_TAGS];
} Theme;

static const Theme themes[] = {
  { "hippocampus", "area CA1", "ca1",
    { "pyramidal cells", "place cells", "O-LM interneurons" },
    { "hippocampus", "place coding", "theta", "memory" } },
  { "hippocampus", "area CA3", "ca3",
    { "pyramidal cells", "basket cells", "mossy fibre boutons" },
    { "hippocampus", "pattern completion", "recurrence", "memory" } },
  { "hippocampus", "the dentate gyrus", "dentate",
    { "granule cells", "mossy cells", "newborn granule cells" },
    { "hippocampus", "pattern separation", "neurogenesis", "sparse coding" } },
  { "navigation", "the medial entorhinal cortex", "entorhinal",
    { "grid cells", "stellate cells", "border cells" },
    { "navigation", "grid code", "entorhinal cortex", "theta" } },
  { "vision", "the primary visual cortex", "v1",
    { "simple cells", "complex cells", "layer 4 stellate cells" },
    { "vision", "orientation", "receptive field", "cortex" } },
  { "vision", "the middle temporal area", "mt",
    { "direction-selective cells", "speed-tuned cells", "pyramidal cells" },
    { "vision", "motion", "cortex", "direction" } },
  { "vision", "the retina", "retina",
    { "ganglion cells", "ON bipolar cells", "starburst amacrine cells" },
    { "vision", "retina", "receptive field", "adaptation" } },
  { "vision", "the lateral geniculate nucleus", "lgn",
    { "magnocellular cells", "parvocellular cells", "relay cells" },
    { "vision", "thalamus", "relay", "contrast" } },
  { "hearing", "the auditory cortex", "a1",
    { "tone-tuned cells", "pyramidal cells", "somatostatin interneurons" },
    { "hearing", "frequency", "cortex", "tonotopy" } },
  { "hearing", "the inferior colliculus", "colliculus",
    { "tuned cells", "onset cells", "binaural cells" },
    { "hearing", "midbrain", "timing", "localisation" } },
  { "hearing", "the cochlea", "cochlea",
    { "inner hair cells", "outer hair cells", "spiral ganglion cells" },
    { "hearing", "hair cells", "transduction", "frequency" } },
  { "smell", "the olfactory bulb", "bulb",
    { "mitral cells", "granule cells", "periglomerular cells" },
    { "smell", "odour", "glomeruli", "gamma" } },
  { "touch", "the barrel cortex", "barrel",
    { "layer 4 spiny stellate cells", "layer 5 pyramidal cells", "fast-spiking cells" },
    { "touch", "whiskers", "cortex", "barrels" } },
  { "pain", "the dorsal horn", "dorsal_horn",
    { "lamina I projection cells", "wide dynamic range cells", "nociceptive afferents" },
    { "pain", "spinal cord", "sensitisation", "opioids" } },
  { "movement", "the primary motor cortex", "m1",
    { "layer 5 pyramidal cells", "corticospinal cells", "direction-tuned cells" },
    { "movement", "cortex", "reaching", "beta" } },
  { "movement", "the cerebellar cortex", "cerebellum",
    { "Purkinje cells", "granule cells", "Golgi cells" },
    { "movement", "cerebellum", "climbing fibres", "timing" } },
  { "movement", "the spinal ventral horn", "ventral_horn",
    { "motor neurons", "Renshaw cells", "Ia interneurons" },
    { "movement", "spinal cord", "reflex", "locomotion" } },
  { "reward", "the dorsal striatum", "striatum",
    { "D1 spiny projection neurons", "D2 spiny projection neurons", "cholinergic interneurons" },
    { "reward", "basal ganglia", "dopamine", "habit" } },
  { "reward", "the ventral tegmental area", "vta",
    { "dopamine neurons", "GABA neurons", "projection neurons" },
    { "reward", "dopamine", "prediction error", "motivation" } },
  { "emotion", "the basolateral amygdala", "amygdala",
    { "principal neurons", "fear cells", "extinction cells" },
    { "emotion", "amygdala", "fear", "conditioning" } },
  { "decision", "the prefrontal cortex", "prefrontal",
    { "delay-active cells", "rule cells", "pyramidal cells" },
    { "decision", "working memory", "cortex", "attention" } },
  { "decision", "the lateral intraparietal area", "lip",
    { "ramping cells", "saccade cells", "pyramidal cells" },
    { "decision", "evidence", "attention", "saccades" } },
  { "sleep", "the ventrolateral preoptic nucleus", "vlpo",
    { "sleep-active neurons", "galanin neurons", "GABA neurons" },
    { "sleep", "hypothalamus", "arousal", "rhythm" } },
  { "sleep", "the suprachiasmatic nucleus", "scn",
    { "clock neurons", "VIP neurons", "vasopressin neurons" },
    { "sleep", "hypothalamus", "circadian", "rhythm" } },
  { "arousal", "the locus coeruleus", "coeruleus",
    { "noradrenaline neurons", "projection neurons", "tonically firing cells" },
    { "arousal", "noradrenaline", "attention", "novelty" } },
  { "thalamus", "the thalamic reticular nucleus", "reticular",
    { "bursting cells", "reticular cells", "parvalbumin cells" },
    { "thalamus", "spindles", "inhibition", "attention" } },
};

static const char * const behaviours[] = {
  "quiet wakefulness", "running", "grooming", "slow-wave sleep", "REM sleep", "exploration of a new box",
  "the delay period", "reward consumption", "a visual search task", "free foraging",
  "the return to the home cage",
};
static const char * const interventions[] = {
  "theta-burst stimulation", "paired pre- and postsynaptic firing", "bath application of carbachol",
  "an hour of enriched housing", "optogenetic stimulation at 20 Hz", "low-frequency stimulation",
  "a night without sleep", "local infusion of muscimol", "sensory deprivation", "three days of training",
};
static const char * const receptors[] = {
  "NMDA", "AMPA", "GABA-A", "GABA-B", "muscarinic M1", "dopamine D1", "dopamine D2", "mGluR5", "nicotinic",
  "5-HT2A",
};
static const char * const effects[] = {
  "reduced", "abolished", "did not change", "doubled", "slowed", "sharpened", "delayed", "broadened",
};
static const char * const measures[] = {
  "the response latency", "tuning width", "spike-time precision", "the evoked potential",
  "the paired-pulse ratio", "burst firing", "the membrane time constant",
  "phase locking to the local field potential",
};
static const struct {
  const char *name;
  guint       low;
  guint       high;
} bands[] = {
  { "delta", 1, 4 }, { "theta", 5, 8 }, { "alpha", 9, 12 }, { "beta", 15, 30 }, { "gamma", 35, 80 },
};
static const char * const stimuli[] = {
  "drifting gratings", "pure tones", "a puff of air", "a conditioned tone", "a brief flash",
  "a rewarded odour", "an unexpected reward", "whisker deflection", "a mild foot shock", "a looming disc",
};
static const char * const actions[] = {
  "turned left at the second arm", "waited for the tone", "found the hidden platform", "missed the reward",
  "pressed the lever twice", "froze when the light came on", "returned to the start box",
  "chose the larger reward", "ignored the distractor", "slept for most of the hour",
};
static const char * const patterns[] = {
  "fired in bursts", "stayed silent", "replayed the path", "shifted their phase", "locked to the rhythm",
  "doubled their rate", "fell in step with one another", "drifted in their tuning",
};
static const char * const tasks[] = {
  "T-maze", "water maze", "delayed match to sample", "fear conditioning", "go/no-go", "open field",
  "lever pressing",
};
static const char * const memory_types[] = { "episodic", "semantic", "short-term", "long-term" };

static const struct {
  const char *name;
  const char *parameters;
  const char *returns;
  const char *code;
  const char *input_schema;
  const char *output_schema;
} tools[] = {
  { "mean_rate", "spikes: list[float], seconds: float", "float", "result = len(spikes) / seconds",
    "{\"type\": \"object\", "
    "\"properties\": {\"spikes\": {\"type\": \"array\", \"items\": {\"type\": \"number\"}}, "
    "\"seconds\": {\"type\": \"number\"}}, \"required\": [\"spikes\", \"seconds\"]}",
    "{\"type\": \"number\"}" },
  { "intervals", "spikes: list[float]", "list[float]",
    "result = [later - earlier for earlier, later in zip(spikes, spikes[1:])]",
    "{\"type\": \"object\", "
    "\"properties\": {\"spikes\": {\"type\": \"array\", \"items\": {\"type\": \"number\"}}}, "
    "\"required\": [\"spikes\"]}",
    "{\"type\": \"array\", \"items\": {\"type\": \"number\"}}" },
  { "fano_factor", "counts: list[int]", "float",
    "mean = sum(counts) / len(counts)\n"
    "result = sum((count - mean) ** 2 for count in counts) / len(counts) / mean",
    "{\"type\": \"object\", "
    "\"properties\": {\"counts\": {\"type\": \"array\", \"items\": {\"type\": \"integer\"}}}, "
    "\"required\": [\"counts\"]}",
    "{\"type\": \"number\"}" },
  { "rate_change", "before: float, after: float", "float", "result = (after - before) / (after + before)",
    "{\"type\": \"object\", "
    "\"properties\": {\"before\": {\"type\": \"number\"}, \"after\": {\"type\": \"number\"}}, "
    "\"required\": [\"before\", \"after\"]}",
    "{\"type\": \"number\"}" },
  { "smooth", "trace: list[float], width: int", "list[float]",
    "result = [sum(trace[max(0, i - width):i + 1]) / len(trace[max(0, i - width):i + 1])\n"
    "          for i in range(len(trace))]",
    "{\"type\": \"object\", "
    "\"properties\": {\"trace\": {\"type\": \"array\", \"items\": {\"type\": \"number\"}}, "
    "\"width\": {\"type\": \"integer\"}}, \"required\": [\"trace\", \"width\"]}",
    "{\"type\": \"array\", \"items\": {\"type\": \"number\"}}" },
  { "crossings", "trace: list[float], threshold: float", "list[int]",
    "result = [i for i in range(1, len(trace))\n"
    "          if trace[i - 1] < threshold <= trace[i]]",
    "{\"type\": \"object\", "
    "\"properties\": {\"trace\": {\"type\": \"array\", \"items\": {\"type\": \"number\"}}, "
    "\"threshold\": {\"type\": \"number\"}}, \"required\": [\"trace\", \"threshold\"]}",
    "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}}" },
};

#define PICK(list) (list[engram_random_below (random, G_N_ELEMENTS (list))])

/* What a note may be made of. All is picked at once, in this order, as C does not say in which order the
 * arguments of a call are computed. */
typedef struct {
  const Theme *theme;
  const char  *cells;
  const char  *other_cells;
  const char  *other_region;
  const char  *behaviour;
  const char  *intervention;
  const char  *receptor;
  const char  *effect;
  const char  *measure;
  const char  *stimulus;
  const char  *action;
  const char  *pattern;
  const char  *task;
  const char  *memory_type;
  const char  *band;
  guint        frequency;
  guint        number;
  guint        greater_number;
  guint        session;
  guint        recording;
  guint        tenths;
} Words;

/* From low to high, both included. */
static guint
pick_number (EngramRandom *random,
             guint         low,
             guint         high)
{
  return low + engram_random_below (random, high - low + 1);
}

static void
pick_words (Words        *words,
            EngramRandom *random,
            guint         theme)
{
  guint cells = engram_random_below (random, N_CELLS);
  guint other_region = (theme + pick_number (random, 1, G_N_ELEMENTS (themes) - 1)) % G_N_ELEMENTS (themes);
  guint band = engram_random_below (random, G_N_ELEMENTS (bands));

  words->theme = &themes[theme];
  words->cells = words->theme->cells[cells];
  words->other_cells = words->theme->cells[(cells + 1) % N_CELLS];
  words->other_region = themes[other_region].region;
  words->behaviour = PICK (behaviours);
  words->intervention = PICK (interventions);
  words->receptor = PICK (receptors);
  words->effect = PICK (effects);
  words->measure = PICK (measures);
  words->stimulus = PICK (stimuli);
  words->action = PICK (actions);
  words->pattern = PICK (patterns);
  words->task = PICK (tasks);
  words->memory_type = PICK (memory_types);
  words->band = bands[band].name;
  words->frequency = pick_number (random, bands[band].low, bands[band].high);
  words->number = pick_number (random, 3, 90);
  words->greater_number = words->number + pick_number (random, 2, 120);
  words->session = pick_number (random, 1, 600);
  words->recording = pick_number (random, 1, 4000);
  words->tenths = pick_number (random, 1, 9);
}

/* How many themes there are: whatever takes one, takes a number below it. */
guint
engram_generator_text_count_themes (void)
{
  return G_N_ELEMENTS (themes);
}

EngramGeneratorText *
engram_generator_text_new (void)
{
  EngramGeneratorText *self = g_new0 (EngramGeneratorText, 1);

  self->metadata = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->tags = g_string_new (NULL);
  self->signature = g_string_new (NULL);
  self->fields = g_string_new (NULL);
  return self;
}

void
engram_generator_text_free (EngramGeneratorText *self)
{
  g_string_free (self->metadata, TRUE);
  g_string_free (self->text, TRUE);
  g_string_free (self->tags, TRUE);
  g_string_free (self->signature, TRUE);
  g_string_free (self->fields, TRUE);
  g_free (self);
}

void
engram_generator_text_metadata (EngramGeneratorText *self,
                                EngramRandom        *random,
                                guint                theme)
{
  guint animal = pick_number (random, 1, 48);
  guint session = pick_number (random, 1, 600);

  g_string_printf (self->metadata,
                   "{\"topic\": \"%s\", \"region\": \"%s\", \"animal\": \"m%02u\", \"session\": %u}",
                   themes[theme].topic, themes[theme].region, animal, session);
}

/* Tags of the theme, each at most once, in its order: all of them, or all but one. */
static void
write_tags (EngramGeneratorText *self,
            EngramRandom        *random,
            const Theme         *theme)
{
  guint left_out = engram_random_below (random, 2 * N_TAGS);

  g_string_assign (self->tags, "[");
  for (guint i = 0; i < N_TAGS; i++)
    if (i != left_out)
      g_string_append_printf (self->tags, "%s\"%s\"", self->tags->len > 1 ? ", " : "", theme->tags[i]);
  g_string_append_c (self->tags, ']');
}

static void
write_note (GString     *text,
            const Words *words,
            guint        kind)
{
  const char *region = words->theme->region;

  switch (kind)
    {
    case 0:
      g_string_printf (text, "Recording %u: %s in %s fired at %u Hz at rest and at %u Hz during %s.",
                       words->recording, words->cells, region, words->number, words->greater_number,
                       words->behaviour);
      break;
    case 1:
      g_string_printf (text, "Blocking %s receptors in %s %s %s of %s.",
                       words->receptor, region, words->effect, words->measure, words->cells);
      break;
    case 2:
      g_string_printf (text,
                       "Field potentials in %s and %s were coherent in the %s band, near %u Hz, during %s.",
                       region, words->other_region, words->band, words->frequency, words->behaviour);
      break;
    case 3:
      g_string_printf (text, "Imaging of %s, session %u: %u of %u %s responded to %s.",
                       region, words->session, words->number, words->greater_number, words->cells,
                       words->stimulus);
      break;
    case 4:
      g_string_printf (text, "Slice %u of %s: after %s, the responses of %s %s by %u percent.",
                       words->session, region, words->intervention, words->cells,
                       words->recording % 2 == 0 ? "grew" : "shrank", words->number);
      break;
    case 5:
      g_string_printf (text, "In %s, %s drove %s and %s within %u ms.",
                       region, words->stimulus, words->cells, words->other_cells, words->greater_number);
      break;
    default:
      g_string_printf (text, "For %u minutes after %s, %s in %s %s.",
                       words->number, words->intervention, words->cells, region, words->pattern);
      break;
    }
}

/* Sets text, tags and fields. */
void
engram_generator_text_knowledge (EngramGeneratorText *self,
                                 EngramRandom        *random,
                                 guint                theme)
{
  Words words;

  pick_words (&words, random, theme);
  write_note (self->text, &words, engram_random_below (random, 7));
  write_tags (self, random, words.theme);
  g_string_printf (self->fields, "{\"importance\": 0.%u}", words.tenths);
}

/* Sets signature, code and schemas. */
void
engram_generator_text_tool (EngramGeneratorText *self,
                            EngramRandom        *random,
                            guint                theme)
{
  guint tool = engram_random_below (random, G_N_ELEMENTS (tools));
  guint number = pick_number (random, 1, 9999);

  g_string_printf (self->signature, "%s_%s_%u(%s) -> %s", tools[tool].name, themes[theme].slug, number,
                   tools[tool].parameters, tools[tool].returns);
  self->code = tools[tool].code;
  self->input_schema = tools[tool].input_schema;
  self->output_schema = tools[tool].output_schema;
}

/* Sets text and fields. last_accessed is NULL where it never was. */
void
engram_generator_text_memory (EngramGeneratorText *self,
                              EngramRandom        *random,
                              guint                theme,
                              const char          *timestamp,
                              const char          *last_accessed)
{
  g_autofree char *last_json = NULL;
  Words words;

  last_json = last_accessed != NULL ? g_strdup_printf ("\"%s\"", last_accessed) : g_strdup ("null");
  pick_words (&words, random, theme);
  g_string_printf (self->text, "Session %u: the animal %s while %s in %s %s.", words.session, words.action,
                   words.cells, words.theme->region, words.pattern);
  g_string_printf (self->fields,
                   "{\"memory_type\": \"%s\", \"timestamp\": \"%s\", "
                   "\"context\": {\"session\": %u, \"task\": \"%s\", \"trial\": %u}, "
                   "\"importance\": 0.%u, \"access_count\": %u, \"last_accessed\": %s, "
                   "\"neuron_class\": \"MemoryNeuron\"}",
                   words.memory_type, timestamp, words.session, words.task, words.greater_number,
                   words.tenths, last_accessed != NULL ? words.number : 0, last_json);
}
