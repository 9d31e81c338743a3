using Bot.Chat;
using Bot.Initiatives;
using Bot.Warnings;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Warnings;

// Opened, worse, better, answered, resolved, back: which of these changes a warning, and which is posted when.
public sealed class WarningLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void It_follows_the_finding_while_it_is_open_and_shows_only_a_change_of_level()
    {
        var warning = New(level: 1);

        Assert.False(WarningLife.Follow(warning, Found(1, "other words"), Now));
        Assert.Equal("other words", warning.Finding);
        Assert.True(WarningLife.Follow(warning, Found(2), Now));
        Assert.True(WarningLife.Follow(warning, Found(1), Now));
        Assert.Equal((WarningState.Open, 1), (warning.State, warning.Level));
    }

    [Fact]
    public void It_is_resolved_when_the_facts_change_and_nothing_wakes_it_then()
    {
        var warning = New(level: 1);

        Assert.True(WarningLife.Follow(warning, null, Now));
        Assert.False(WarningLife.Follow(warning, Found(3), Now));
        Assert.Equal((WarningState.Resolved, Now), (warning.State, warning.EndedAt));
    }

    [Theory]
    [InlineData(1, WarningState.Answered)]
    [InlineData(2, WarningState.Answered)]
    [InlineData(3, WarningState.Open)]
    public void An_answered_one_rests_until_it_is_worse_than_what_was_answered(int level, WarningState state)
    {
        var warning = New(level: 2);
        (warning.State, warning.EndedAt) = (WarningState.Answered, Now);

        WarningLife.Follow(warning, Found(level), Now);

        Assert.Equal((state, state == WarningState.Open ? null : (DateTimeOffset?)Now), (warning.State, warning.EndedAt));
    }

    [Fact]
    public void A_line_of_evidence_stays_one_line()
    {
        Assert.Equal("a b\nc", WarningLife.Lines(["a\nb", "c"]));
    }

    [Fact]
    public void Two_a_week_are_posted_the_worst_first_and_none_again_in_its_week()
    {
        var all = new[] { New(1), New(3), New(2), New(2, posted: 1, at: Now.AddDays(-1)) };

        var first = WarningLife.ToPost(all, Now.AddDays(-3), 2);

        Assert.Equal([3], first.Select(w => w.Level));
        Assert.Equal([3, 2], WarningLife.ToPost(all, Now, 2).Select(w => w.Level));
    }

    /// <summary>Whatever the weeks bring and whenever somebody answers: no level of a warning is posted twice unless it resolved in between, and never more than two a week.</summary>
    [Fact]
    public void Nothing_is_posted_twice_at_one_level_without_having_resolved_in_between()
    {
        var week = Gen.Choose(0, 3).ArrayOf(5);
        var history = (from levels in week.ListOf() from answers in Gen.Choose(0, 9).ListOf() select (levels, answers)).ToArbitrary();

        Prop.ForAll(history, h => Posted(h.levels.ToList(), h.answers.ToList()).All(posted => posted)).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<bool> Posted(List<int[]> weeks, List<int> answers)
    {
        var all = new List<Warning>();
        var said = new HashSet<(WarningId, int)>();
        for (var i = 0; i < weeks.Count; i++)
        {
            var monday = Now.AddDays(7 * i);
            for (var rule = 0; rule < weeks[i].Length; rule++)
            {
                var found = weeks[i][rule] == 0 ? null : Found(weeks[i][rule]);
                var name = $"rule-{rule}";
                all.FindAll(w => w.Rule == name).ForEach(w => WarningLife.Follow(w, found, monday));
                if (found is not null && !all.Exists(w => w.Rule == name && w.State != WarningState.Resolved))
                {
                    all.Add(New(found.Level, rule: name));
                }
            }

            var now = WarningLife.ToPost(all, monday, RaiseWarnings.MostAWeek);
            yield return now.Count <= RaiseWarnings.MostAWeek;
            foreach (var warning in now)
            {
                yield return said.Add((warning.Id, warning.Level)) && warning.Level > warning.PostedLevel;
                (warning.PostedLevel, warning.PostedAt) = (warning.Level, monday.AddDays(1));
            }

            yield return WarningLife.ToPost(all, monday, RaiseWarnings.MostAWeek).Count <= RaiseWarnings.MostAWeek - now.Count;
            if (answers.Count > 0 && all.Find(w => w.State == WarningState.Open && w.Rule == $"rule-{answers[i % answers.Count]}") is { } answered)
            {
                (answered.State, answered.EndedAt) = (WarningState.Answered, monday);
            }
        }
    }

    private static Finding Found(int level, string sentence = "found") => new(level, sentence, []);

    private static Warning New(int level, int posted = 0, DateTimeOffset? at = null, string rule = "no-owner") => new()
    {
        Id = WarningId.From(Guid.NewGuid()), WorkspaceId = WorkspaceId.From(Guid.NewGuid()), InitiativeId = InitiativeId.From(Guid.NewGuid()), Rule = rule, Level = level,
        Finding = "found", Evidence = "", PostedLevel = posted, PostedAt = at, OpenedAt = Now.AddDays(-30), ChangedAt = Now,
    };
}
