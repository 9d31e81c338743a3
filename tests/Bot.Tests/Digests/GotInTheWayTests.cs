using Bot.CheckIns;
using Bot.Digests;
using Bot.Trends;

namespace Bot.Tests.Digests;

public sealed class GotInTheWayTests
{
    private static readonly WeekFigures Figures = new(
        9, 9, 0, 9, 3.5, 2, 5, 0,
        [new(Struggles.WrongResults, 5, "odd"), new(Struggles.NeedTraining, 2, null), new(Struggles.DoesNotFit, 1, "late list")], null, null, null);

    [Fact]
    public void A_theme_stands_in_place_of_its_kind_and_a_kind_without_one_for_itself()
    {
        var lines = GotInTheWay.Lines(Figures, [Theme("scores without a reason", Struggles.WrongResults, 3)]);

        Assert.Equal(
            [
                new StruggleLine("scores without a reason", 3, "about scores without a reason", null, "wrong or odd results, 5 in all"),
                new StruggleLine("need training or help", 2, null, null, null),
                new StruggleLine("does not fit how I work", 1, "late list", null, null),
            ],
            lines);
    }

    [Fact]
    public void Without_themes_the_kinds_are_counted_as_before()
    {
        Assert.Equal(["wrong or odd results", "need training or help", "does not fit how I work"], GotInTheWay.Lines(Figures, []).Select(l => l.Label));
    }

    [Fact]
    public void The_same_texts_under_two_kinds_are_told_once()
    {
        var lines = GotInTheWay.Lines(Figures, [Theme("export late", Struggles.WrongResults, 3), Theme("Export late", Struggles.DoesNotFit, 2)]);

        Assert.Equal(["export late", "need training or help", "does not fit how I work"], lines.Select(l => l.Label));
    }

    [Fact]
    public void What_one_person_says_is_a_theme_only_where_it_goes_on()
    {
        var once = GotInTheWay.Lines(Figures, [Theme("export late", Struggles.MissingData, 1)]);
        var thrice = GotInTheWay.Lines(Figures, [Theme("export late", Struggles.MissingData, 1) with { Running = 3, HasAction = true }]);

        Assert.DoesNotContain(once, l => l.Label == "export late");
        Assert.Contains(thrice, l => l.Label == "export late");
    }

    [Fact]
    public void Imported_comments_have_no_kind()
    {
        Assert.Equal([new StruggleLine("phone number", 9, "about phone number", null, null)], GotInTheWay.Lines(Figures with { Struggles = [] }, [Theme("phone number", Struggles.Other, 9)]));
    }

    [Fact]
    public void A_mark_says_new_back_or_how_long_it_went_on_without_an_action()
    {
        var theme = Theme("export", Struggles.MissingData, 2);
        ThemeNow[] themes = [theme with { IsNew = true }, theme with { IsNew = true, GoneFor = 5 }, theme with { Running = 3 }, theme with { Running = 12 }, theme with { Running = 3, HasAction = true }, theme];

        Assert.Equal(
            ["new", "back after 5 weeks without it", "third week running, no action yet", "12th week running, no action yet", null, null],
            themes.Select(t => GotInTheWay.Lines(Figures, [t]).Single(l => l.Label == "export").Mark));
    }

    [Fact]
    public void The_agenda_begins_with_what_has_gone_on_for_three_weeks_without_an_action()
    {
        ThemeNow[] themes = [Theme("scores", Struggles.WrongResults, 5), Theme("export", Struggles.MissingData, 1) with { Running = 4 }];

        Assert.Equal(["export", "scores"], GotInTheWay.Agenda(Figures, themes).Select(l => l.Label).Take(2));
        Assert.Equal("scores", GotInTheWay.Lines(Figures, themes)[0].Label);
    }

    private static ThemeNow Theme(string label, Struggles kind, int people) => new(
        new Theme(label, kind, [new ThemeWeek(new DateOnly(2026, 11, 26), people)], "about " + label.ToLowerInvariant()), people, false, null, 1, false);
}
