using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Warnings;
using Bot.Warnings.Rules;
using static Bot.Tests.Warnings.Facts;

namespace Bot.Tests.Warnings;

// What the weeks of a loop tell: loop-broken, no-adapt, perfect-data, users-not-in-room, human-side, drift-unattended. Imported and left-out weeks are nobody's failure.
public sealed class WeekRuleTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    public void Reviews_not_held_in_a_row_break_the_loop(int notHeld, int level)
    {
        Assert.Equal(level, Fine().Weeks(6, (week, i) => i >= 6 - notHeld ? week with { Held = false } : week).LevelOf(new LoopBroken()));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 0)]
    public void Fewer_than_half_of_the_answers_for_two_weeks_break_it_too(int answered, int level)
    {
        Assert.Equal(level, Fine().Weeks(4, (week, i) => i >= 2 ? week with { Answered = answered } : week).LevelOf(new LoopBroken()));
    }

    [Fact]
    public void A_review_held_mends_the_loop()
    {
        Assert.Equal(0, Fine().Weeks(6, (week, i) => week with { Held = i == 5 }).LevelOf(new LoopBroken()));
    }

    [Fact]
    public void Weeks_left_out_imported_or_lost_to_the_service_break_nothing_and_mend_nothing()
    {
        var skipped = Fine().Weeks(4, (week, _) => week.Skipped());
        var imported = Fine().Weeks(4, (week, _) => week.Imported() with { Answered = 1 });
        var down = Fine().Weeks(4, (week, _) => week with { Held = false }).With(f => f with { Down = f.Weeks.Select(w => w.RoundId).ToHashSet() });
        var between = Fine().Weeks(3, (week, i) => i == 1 ? week.Skipped() : week with { Held = false });

        Assert.All([skipped, imported, down], facts => Assert.Equal(0, facts.LevelOf(new LoopBroken())));
        Assert.Equal(2, between.LevelOf(new LoopBroken()));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(6, 2)]
    public void Reviews_held_without_anything_decided_adapt_nothing(int empty, int level)
    {
        Assert.Equal(level, Fine().Weeks(7, (week, i) => i >= 7 - empty ? week with { Decisions = 0, Actions = 0 } : week).LevelOf(new NoAdapt()));
    }

    [Fact]
    public void An_experiment_is_an_adaptation_and_a_review_not_held_is_passed_over()
    {
        Assert.Equal(0, Fine().Weeks(4, (week, i) => week with { Decisions = 0, Actions = 0, Experiments = i == 3 ? 1 : 0 }).LevelOf(new NoAdapt()));
        Assert.Equal(0, Fine().Weeks(4, (week, _) => week with { Decisions = 0, Actions = 0, Held = false }).LevelOf(new NoAdapt()));
        Assert.Equal(1, Fine().Weeks(4, (week, i) => week with { Decisions = 0, Actions = 0, Held = i != 2 }).LevelOf(new NoAdapt()));
    }

    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 1, 0)]
    [InlineData(6, 2, 2)]
    public void Missing_data_three_weeks_running_is_waiting_for_perfect_data(int weeks, int people, int level)
    {
        Assert.Equal(level, Fine().Weeks(7, (week, i) => i >= 7 - weeks ? week.Named(Struggles.MissingData, people) : week).LevelOf(new PerfectData()));
    }

    [Theory]
    [InlineData(Stage.Pilot, 3, 0)]
    [InlineData(Stage.Pilot, 4, 1)]
    [InlineData(Stage.Deploying, 9, 0)]
    public void No_trusted_source_four_weeks_into_the_pilot_is_too(Stage stage, int weeks, int level)
    {
        Assert.Equal(level, Fine(stage, weeks).But(i => i.TrustedSource = null).LevelOf(new PerfectData()));
    }

    [Fact]
    public void Missing_data_and_no_source_together_are_worse()
    {
        Assert.Equal(2, Fine().But(i => i.TrustedSource = null).Weeks(3, (week, _) => week.Named(Struggles.MissingData, 2)).LevelOf(new PerfectData()));
    }

    [Fact]
    public void No_answer_from_users_in_two_reviews_means_they_are_not_in_the_room()
    {
        var one = Fine().Weeks(1, (week, _) => week with { UsersAnswered = 0, Answered = 2 });
        var two = Fine().Weeks(2, (week, _) => week with { UsersAnswered = 0, Answered = 2 });
        var nobodyAtAll = Fine().Weeks(2, (week, _) => week with { UsersAnswered = 0, BuildersAnswered = 0, Answered = 0 });
        var noUsers = Fine().Weeks(2, (week, _) => week with { UsersAsked = 0, UsersAnswered = 0, Answered = 2 });
        var heardAgain = Fine().Weeks(2, (week, i) => week with { UsersAnswered = i, Answered = 2 });

        Assert.Equal((0, 2, 0, 2, 0), (one.LevelOf(new UsersNotInRoom()), two.LevelOf(new UsersNotInRoom()), nobodyAtAll.LevelOf(new UsersNotInRoom()), noUsers.LevelOf(new UsersNotInRoom()), heardAgain.LevelOf(new UsersNotInRoom())));
        Assert.Equal("No user was asked in 2 reviews.", noUsers.Look(new UsersNotInRoom())!.Sentence);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public void Builders_who_give_more_than_half_of_the_answers_drown_the_users(int builders, int level)
    {
        Assert.Equal(level, Fine().Weeks(2, (week, _) => week with { BuildersAnswered = builders, UsersAnswered = 3 }).LevelOf(new UsersNotInRoom()));
    }

    [Fact]
    public void Imported_weeks_asked_nobody()
    {
        Assert.Equal(0, Fine().Weeks(6, (week, _) => week.Imported()).LevelOf(new UsersNotInRoom()));
    }

    [Fact]
    public void A_worry_for_the_job_asks_for_words_and_for_an_action()
    {
        var said = Fine().Weeks(4, (week, i) => i == 3 ? week.Named(Struggles.WorriedForJob, 1) : week);
        var unwritten = Fine().But(i => i.WhatDoesNot = null).Weeks(4, (week, i) => i == 3 ? week.Named(Struggles.WorriedForJob, 1) : week);
        var idle = Fine().Weeks(4, (week, i) => i == 1 ? week.Named(Struggles.WorriedForJob, 1) : week);
        var both = Fine().But(i => i.WhatChanges = null).Weeks(4, (week, i) => i == 1 ? week.Named(Struggles.WorriedForJob, 1) : week);
        var over = Fine().But(i => i.WhatChanges = null).Weeks(6, (week, i) => i == 1 ? week.Named(Struggles.WorriedForJob, 1) : week);

        Assert.Equal((0, 1, 1, 2, 0), (said.LevelOf(new HumanSide()), unwritten.LevelOf(new HumanSide()), idle.LevelOf(new HumanSide()), both.LevelOf(new HumanSide()), over.LevelOf(new HumanSide())));
        Assert.Contains("what does not change is not written down", unwritten.Look(new HumanSide())!.Sentence);
        Assert.Equal((0, 1), (idle.ActionAdded(1).LevelOf(new HumanSide()), both.ActionAdded(1).LevelOf(new HumanSide())));
    }

    [Theory]
    [InlineData(3, 0, 8, 2)]
    [InlineData(2, 0, 8, 2)]
    [InlineData(1, 0, 8, 0)]
    [InlineData(0, 8, 8, 0)]
    public void Drift_that_people_confirm_waits_two_weeks_for_an_action(int yes, int unsure, int all, int level)
    {
        var facts = Fine().Weeks(3, (week, i) => i == 0 ? week with { DriftYes = yes, DriftNotSure = unsure, DriftNo = all - yes - unsure } : week);
        var fresh = Fine().Weeks(2, (week, i) => i == 0 ? week with { DriftYes = yes, DriftNo = all - yes } : week);

        Assert.Equal((level, 0), (facts.LevelOf(new DriftUnattended()), fresh.LevelOf(new DriftUnattended())));
        Assert.Equal(0, facts.ActionAdded(1).LevelOf(new DriftUnattended()));
    }

    [Fact]
    public void Drift_a_monitor_reports_waits_as_long_and_is_worse_after_four()
    {
        Assert.Equal(0, Fine().Weeks(6, (week, _) => week with { DriftYes = 1 }).Monitor(Verdict.Drift, 1).LevelOf(new DriftUnattended()));
        Assert.Equal(2, Fine().Weeks(6, (week, _) => week with { DriftYes = 1 }).Monitor(Verdict.Drift, 2).LevelOf(new DriftUnattended()));
        Assert.Equal(3, Fine().Monitor(Verdict.Drift, 4).LevelOf(new DriftUnattended()));
        Assert.Equal(0, Fine().Monitor(Verdict.Drift, 6).LevelOf(new DriftUnattended()));
        Assert.Equal(0, Fine().Monitor(Verdict.Possible, 2, 3, 4).LevelOf(new DriftUnattended()));
    }

    [Fact]
    public void Drift_that_comes_back_after_the_action_is_unattended_again()
    {
        Assert.Equal(2, Fine().Monitor(Verdict.Drift, 5, 2).ActionAdded(4).LevelOf(new DriftUnattended()));
    }

    [Fact]
    public void People_and_monitors_that_say_the_opposite_two_weeks_running_are_a_notice()
    {
        var people = Fine().ActionAdded(0).Weeks(3, (week, i) => i > 0 ? week with { DriftYes = 4, DriftNo = 4 } : week);

        Assert.Equal(0, people.LevelOf(new DriftUnattended()));
        Assert.Equal(0, people.Monitor(Verdict.None, 0).LevelOf(new DriftUnattended()));
        Assert.Equal("People see drift that the monitors do not, 2 weeks running.", people.Monitor(Verdict.None, 1).Look(new DriftUnattended())!.Sentence);
        Assert.Equal("Monitors report drift that people do not see, 2 weeks running.", Fine().ActionAdded(0).Weeks(3).Monitor(Verdict.Drift, 0, 1).Look(new DriftUnattended())!.Sentence);
    }
}
