using Bot.CheckIns;
using Bot.Trends;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Trends;

/// <summary>Which texts are one theme, what it is called, what it says over the weeks; and that later weeks never change an earlier theme.</summary>
public sealed class ThemesTests
{
    private const Struggles Wrong = Struggles.WrongResults;

    private static readonly string[] Pieces =
        ["score", "scores", "reason", "customer", "export", "the", "without", "a", "list", "region", "login", "log in", "battery", "drains", "slow", "nothing", "for", "small", "firms", ".", "выгрузка", "错误的结果", "don't"];

    [Fact]
    public void Texts_that_share_a_pair_of_words_are_one_theme_in_the_words_people_wrote()
    {
        var theme = Assert.Single(Themes.Of([Week(0, "Scores without reasons", "I get a score without a reason", "The list comes late")], ""));

        Assert.Equal(("score without a reason", 2), (theme.Label, theme.People));
    }

    [Fact]
    public void A_single_word_is_enough_where_it_is_much_of_the_text()
    {
        var theme = Assert.Single(Themes.Of([Week(0, "the export was late", "no export since Monday", "too little coffee")], ""));

        Assert.Equal(("export", 2), (theme.Label, theme.People));
    }

    [Theory]
    [InlineData("cannot log in", "login fails", "login")]
    [InlineData("the plug-ins are gone", "where are my plugins", "plugins")]
    [InlineData("it logs me out, sign-in loops", "sign in fails again", "sign in")]
    [InlineData("总是出现连接错误", "又是连接错误", "连接错误")]
    [InlineData("die Ausgabe fehlt", "Ausgabe leer", "Ausgabe")]
    public void Spellings_and_scripts_do_not_part_what_belongs_together(string one, string other, string label)
    {
        var theme = Assert.Single(Themes.Of([Week(0, one, other)], ""));

        Assert.Equal((label, 2), (theme.Label, theme.People));
    }

    [Fact]
    public void Words_that_carry_nothing_make_no_theme()
    {
        Assert.Empty(Themes.Of([Week(0, "It is not good and I do not like it", "This is not good, I would like more", "great", "great")], ""));
    }

    [Fact]
    public void The_name_of_the_initiative_makes_no_theme_even_written_as_two_words()
    {
        Assert.Empty(Themes.Of([Week(0, "Churnbot guesses", "Churn Bot sleeps", "the churnbot again")], "Churnbot"));
    }

    [Fact]
    public void Kinds_are_kept_apart()
    {
        var themes = Themes.Of([new WeekOfTexts(Series.Week(0), false, [new(Wrong, "odd export"), new(Struggles.MissingData, "no export today")])], "");

        Assert.Empty(themes);
    }

    [Fact]
    public void A_text_under_two_kinds_counts_in_both()
    {
        var themes = Themes.Of([new WeekOfTexts(Series.Week(0), false, [new(Wrong | Struggles.MissingData, "export broken"), new(Wrong, "odd export"), new(Struggles.MissingData, "no export")])], "");

        Assert.Equal([(Wrong, 2), (Struggles.MissingData, 2)], themes.Select(t => (t.Kind, t.People)));
    }

    [Fact]
    public void A_text_waits_for_its_like_and_the_theme_then_begins_with_it()
    {
        WeekOfTexts[] weeks = [Week(0, "export late"), Week(1, "the list is long"), Week(2, "export late again")];

        Assert.Empty(Themes.Of(weeks[..2], ""));
        var theme = Assert.Single(Themes.Of(weeks, ""));
        Assert.Equal([Series.Week(0), Series.Week(2)], theme.Weeks.Select(w => w.ReviewDate));
    }

    [Fact]
    public void A_theme_keeps_its_label_when_later_weeks_word_it_otherwise()
    {
        var theme = Assert.Single(Themes.Of([Week(0, "export late", "late export"), Week(1, "Exports", "EXPORTS", "exports stuck", "nobody", "ordered", "coffee", "beans")], ""));

        Assert.Equal(("export late", 5), (theme.Label, theme.People));
    }

    [Fact]
    public void A_quote_is_verbatim_on_one_line_and_is_cut_between_words()
    {
        var text = "The export\nnever *arrives* before " + string.Concat(Enumerable.Repeat("noon or later ", 20));

        var theme = Assert.Single(Themes.Of([Week(0, text, text)], ""));

        Assert.InRange(theme.Quote.Length, 120, Theme.MaxQuote);
        Assert.StartsWith("The export never *arrives* before noon", theme.Quote);
        Assert.Contains(theme.Quote[..^1], string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Matches("(noon|or|later)…$", theme.Quote);
    }

    [Fact]
    public void The_quote_is_of_the_last_week_and_says_the_theme()
    {
        var theme = Assert.Single(Themes.Of([Week(0, "export late", "export late again"), Week(1, "nothing else to report", "the export came late on Tuesday")], ""));

        Assert.Equal("the export came late on Tuesday", theme.Quote);
    }

    [Fact]
    public void A_theme_of_this_week_is_new_unless_it_is_the_first_week_there_is()
    {
        Assert.False(Now([Week(0, "export late", "export late")]).IsNew);
        Assert.True(Now([Week(0, "one long list"), Week(1, "export late", "export late")]).IsNew);
        Assert.False(Now([Week(0, "export late", "export late"), Week(1, "export late")]).IsNew);
    }

    [Theory]
    [InlineData(1, null, false)]
    [InlineData(2, 2, false)]
    [InlineData(3, 3, false)]
    [InlineData(4, 4, true)]
    public void A_theme_that_was_gone_for_two_weeks_or_more_is_back_and_after_four_it_is_new_as_well(int without, int? gone, bool isNew)
    {
        WeekOfTexts[] weeks = [Week(0, "export late", "export late"), .. Enumerable.Range(1, without).Select(i => Week(i)), Week(without + 1, "export late")];

        Assert.Equal((gone, isNew, 1), (Now(weeks).GoneFor, Now(weeks).IsNew, Now(weeks).Running));
    }

    [Theory]
    [InlineData(2, -1, false)]
    [InlineData(3, -1, true)]
    [InlineData(5, -1, true)]
    [InlineData(3, 0, false)]
    [InlineData(3, 2, false)]
    public void The_third_week_running_without_an_action_is_unattended(int weeks, int actionIn, bool unattended)
    {
        var all = Enumerable.Range(0, weeks).Select(i => Week(i, "export late", "late export") with { HasAction = i == actionIn }).ToList();

        Assert.Equal((weeks, unattended), (Now(all).Running, Now(all).IsUnattended));
    }

    [Fact]
    public void An_action_before_the_run_began_does_not_attend_to_it()
    {
        WeekOfTexts[] weeks = [Week(0, "the list") with { HasAction = true }, .. Enumerable.Range(1, 3).Select(i => Week(i, "export late", "late export"))];

        Assert.True(Now(weeks).IsUnattended);
    }

    [Fact]
    public void A_theme_that_was_not_seen_this_week_is_not_of_now()
    {
        WeekOfTexts[] weeks = [Week(0, "export late", "late export"), Week(1, "all fine")];

        Assert.Empty(ThemeNow.Of(weeks, Themes.Of(weeks, "")));
    }

    /// <summary>The order of texts does not matter, and no later week changes a theme there was: not its label, not its kind, not what was counted.</summary>
    [Fact]
    public void Themes_are_the_same_in_any_order_of_texts_and_stand_for_ever()
    {
        var texts = Gen.Elements(Pieces).ArrayOf(6).Select(words => string.Join(' ', words));
        var week = Gen.Zip(texts, Gen.Elements(Wrong, Struggles.Other, Wrong | Struggles.Other)).Select(t => new StruggleText(t.Item2, t.Item1)).ArrayOf(9);
        Prop.ForAll(week.ArrayOf(6).ToArbitrary(), said =>
            {
                var weeks = said.Select((texts, i) => new WeekOfTexts(Series.Week(i), false, texts)).ToList();
                var all = Themes.Of(weeks, "");
                var turned = Themes.Of([.. weeks.Select(w => w with { Texts = [.. w.Texts.Reverse()] })], "");
                return Same(all, turned) && Enumerable.Range(1, weeks.Count).All(n => Themes.Of([.. weeks.Take(n)], "").All(early =>
                    all.Any(late => (late.Label, late.Kind) == (early.Label, early.Kind) && late.Weeks.Take(early.Weeks.Count).SequenceEqual(early.Weeks))));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static bool Same(IReadOnlyList<Theme> one, IReadOnlyList<Theme> other) => one.Count == other.Count && one.Zip(other).All(p => Equal(p.First, p.Second));

    private static bool Equal(Theme one, Theme other) => (one.Label, one.Kind, one.Quote) == (other.Label, other.Kind, other.Quote) && one.Weeks.SequenceEqual(other.Weeks);

    private static ThemeNow Now(IReadOnlyList<WeekOfTexts> weeks) => Assert.Single(ThemeNow.Of(weeks, Themes.Of(weeks, "")));

    private static WeekOfTexts Week(int place, params string[] texts) => new(Series.Week(place), false, [.. texts.Select(t => new StruggleText(Wrong, t))]);
}
