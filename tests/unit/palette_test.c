/*
 * palette_test.c - every style has a look in every palette that can be read: the
 * contrast is computed, and how far apart the states are for each kind of eye.
 */
#include "../../viz/model.h"
#include "../../viz/palette.h"
#include "support.h"

/* A colour as light of three kinds, each from 0 to 1. */
struct light {
    double part[3];
};

static double linear(int level)
{
    double x = level / 255.0; /* sRGB's curve, closely */

    return x * (x * (x * 0.305306011 + 0.682171111) + 0.012522878);
}

/* One of the colours 16 … 255, which are the same in every terminal. */
static struct light light_of(int number)
{
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    int cube = number - 16, grey = 8 + (number - 232) * 10;

    assert_in_range(number, 16, 255);
    if (number >= 232)
        return (struct light){{linear(grey), linear(grey), linear(grey)}};
    return (struct light){{linear(levels[cube / 36]), linear(levels[cube / 6 % 6]),
                           linear(levels[cube % 6])}};
}

static double brightness(struct light light)
{
    return 0.2126 * light.part[0] + 0.7152 * light.part[1] + 0.0722 * light.part[2];
}

/* As the web's guidelines for accessible content compute it: 1 … 21. */
static double contrast(int text, int ground)
{
    double a = brightness(light_of(text)), b = brightness(light_of(ground));

    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

/* What the eye makes of the light; a row for each kind of light that it gets. */
static const struct {
    const char *kind;
    double rows[3][3];
} eyes[] = {
    {"most", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"protanopia",
     {{0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}}},
    {"deuteranopia",
     {{0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}}},
    {"tritanopia",
     {{1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}}},
};

enum { EYES = sizeof eyes / sizeof eyes[0] };

static double root(double square)
{
    double x = 1;

    for (int i = 0; i < 60; i++)
        x = (x + square / x) / 2;
    return x;
}

static double cube_root(double cube)
{
    double x = 1;

    for (int i = 0; cube > 0 && i < 60; i++)
        x = (2 * x + cube / (x * x)) / 3;
    return x;
}

static double curve(double t)
{
    return t > 0.008856 ? cube_root(t) : 7.787 * t + 16.0 / 116;
}

/* Lightness and two opposed hues, in steps that seem equal (CIELAB). */
static struct light seen_by(int eye, int number)
{
    struct light light = light_of(number), seen = {{0, 0, 0}};

    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++)
            seen.part[i] += eyes[eye].rows[i][j] * light.part[j];
        seen.part[i] = seen.part[i] < 0 ? 0 : seen.part[i] > 1 ? 1 : seen.part[i];
    }
    double r = seen.part[0], g = seen.part[1], b = seen.part[2];
    double x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    double y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return (struct light){{116 * y - 16, 500 * (x - y), 200 * (y - z)}};
}

static double distance(int eye, int one, int other)
{
    struct light a = seen_by(eye, one), b = seen_by(eye, other);
    double sum = 0;

    for (int i = 0; i < 3; i++)
        sum += (a.part[i] - b.part[i]) * (a.part[i] - b.part[i]);
    return root(sum);
}

/* Fails if a look of the palette for 256 colours has less contrast than that, where the
   terminal's own text and ground are those. */
static void assert_contrast(const char *name, double least, int text, int ground)
{
    const struct palette *palette = palette_find(name);

    for (int style = 0; style < STYLES; style++) {
        struct look look = palette_look(palette, (enum style)style, 256);
        int front = look.text == LOOK_OWN ? text : look.text;
        int back = look.ground == LOOK_OWN ? ground : look.ground;
        if (contrast(front, back) < least)
            fail_msg("%s: style %d has contrast %.1f", name, style,
                     contrast(front, back));
    }
}

TEST(the_first_palette_is_the_default_and_all_are_found_by_name)
{
    assert_string_equal(palettes[0].name, "default");
    for (int i = 0; i < PALETTES; i++)
        assert_ptr_equal(palette_find(palettes[i].name), &palettes[i]);
    assert_null(palette_find("Light"));
    assert_null(palette_find(""));
}

TEST(every_style_has_a_look_of_the_colours_that_there_are)
{
    for (int i = 0; i < PALETTES; i++)
        for (int style = 0; style < STYLES; style++) {
            struct look many = palette_look(&palettes[i], (enum style)style, 256);
            struct look eight = palette_look(&palettes[i], (enum style)style, 8);
            struct look none = palette_look(&palettes[i], (enum style)style, 0);
            assert_true(many.text == LOOK_OWN || (many.text >= 16 && many.text < 256));
            assert_true(many.ground == LOOK_OWN || many.ground >= 16);
            assert_true(eight.text >= LOOK_OWN && eight.text < 8);
            assert_true(eight.ground >= LOOK_OWN && eight.ground < 8);
            assert_true(many.text == LOOK_OWN || many.text != many.ground);
            assert_true(eight.text == LOOK_OWN || eight.text != eight.ground);
            assert_int_equal(none.text, LOOK_OWN);
            assert_int_equal(none.ground, LOOK_OWN);
        }
}

TEST(every_look_can_be_read)
{
    assert_contrast("default", 4.5, 231, 16);
    assert_contrast("light", 4.5, 16, 231);
    assert_contrast("projector", 7, 231, 16);
    assert_contrast("projector", 7, 16, 231);
    assert_contrast("colorblind-safe", 3.2, 231, 16); /* bold or underlined letters */
    assert_contrast("colorblind-safe", 3.2, 16, 231);
}

TEST(states_are_told_apart_by_every_kind_of_eye)
{
    const struct palette *palette = palette_find("colorblind-safe");

    for (int eye = 0; eye < EYES; eye++)
        for (int a = STATE_RUN; a < STATES; a++)
            for (int b = STATE_RUN; b < a; b++) {
                enum style one = (enum style)(STYLE_STATE + a);
                enum style other = (enum style)(STYLE_STATE + b);
                double apart = distance(eye, palette_look(palette, one, 256).ground,
                                        palette_look(palette, other, 256).ground);
                if (apart < 25)
                    fail_msg("%s: %s and %s are only %.1f apart", eyes[eye].kind,
                             state_word((enum state)a), state_word((enum state)b),
                             apart);
            }
}

TEST(without_colours_what_matters_still_stands_out)
{
    static const int loud[] = {STYLE_BAR,
                               STYLE_HEAD,
                               STYLE_CHOSEN,
                               STYLE_ALARM,
                               STYLE_STATE + STATE_WAIT,
                               STYLE_STATE + STATE_LOCK,
                               STYLE_STATE + STATE_KILLED};

    for (size_t i = 0; i < sizeof loud / sizeof loud[0]; i++)
        assert_int_not_equal(
            palette_look(&palettes[0], (enum style)loud[i], 0).attributes, 0);
    assert_int_equal(palette_look(&palettes[0], STYLE_PLAIN, 0).attributes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_palette_is_the_default_and_all_are_found_by_name),
        cmocka_unit_test(every_style_has_a_look_of_the_colours_that_there_are),
        cmocka_unit_test(every_look_can_be_read),
        cmocka_unit_test(states_are_told_apart_by_every_kind_of_eye),
        cmocka_unit_test(without_colours_what_matters_still_stands_out),
    };

    return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}
