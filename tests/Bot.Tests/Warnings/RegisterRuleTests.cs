using Bot.Initiatives;
using Bot.Warnings;
using Bot.Warnings.Rules;
using static Bot.Tests.Warnings.Facts;

namespace Bot.Tests.Warnings;

// What the register alone tells: one-more-pilot, same-wall, no-outcome, no-owner, accuracy-only, under-budgeted, overstay; and that a fine pilot hears nothing.
public sealed class RegisterRuleTests
{
    [Fact]
    public void Nothing_is_found_where_nothing_is_wrong()
    {
        var facts = Fine().Weeks(12, (week, i) => week with { Metric = 20 + i, SupportHours = 12 - i }).Build();

        Assert.Empty(AllRules.Look(facts, Thresholds.Defaults));
    }

    [Fact]
    public void A_loop_started_today_with_nothing_filled_in_hears_nothing_but_what_cannot_wait()
    {
        var facts = Fine(weeksInStage: 0).But(i => (i.Outcome, i.Metric, i.DeploymentBudget, i.TrustedSource, i.PilotCost) = (OutcomeStatement.Blank, null, null, null, null)).Build();

        Assert.Empty(AllRules.Look(facts, Thresholds.Defaults));
    }

    [Theory]
    [InlineData(Stage.Stalled)]
    [InlineData(Stage.Retired)]
    public void What_has_ended_is_looked_at_no_more(Stage stage)
    {
        var facts = Fine(stage).But(i => (i.OwnerId, i.Metric) = (null, null)).Earlier(Stopped("A", 1), Stopped("B", 2)).Build();

        Assert.Empty(AllRules.Look(facts, Thresholds.Defaults));
    }

    [Fact]
    public void Ids_are_unique_and_every_threshold_belongs_to_a_rule()
    {
        Assert.Equal(20, AllRules.List.Select(r => r.Id).Distinct().Count());
        Assert.Empty(Thresholds.All.Select(s => s.Rule).Except(AllRules.List.Select(r => r.Id)));
        Assert.Equal(Thresholds.All.Count, Thresholds.All.Select(s => s.Name).Distinct().Count());
        Assert.All(Thresholds.All, s => Assert.InRange(s.Default, s.Least, s.Most));
        Assert.All(AllRules.List, r => Assert.Same(r, AllRules.Find(Warning.TitleOf(r.Id))));
        Assert.Equal("no-owner", AllRules.Find("3")?.Id);
        Assert.Null(AllRules.Find("21"));
    }

    // one-more-pilot: 0 nothing earlier, or all clear; 1 one unclear; 2 two unclear, or three starts; 3 three and nothing in production, or the same wall.
    [Theory]
    [InlineData(0, 0, 1, 1, 0)]
    [InlineData(1, 1, 1, 1, 0)]
    [InlineData(1, 0, 1, 1, 1)]
    [InlineData(2, 1, 1, 1, 1)]
    [InlineData(2, 0, 1, 1, 2)]
    [InlineData(2, 2, 3, 1, 2)]
    [InlineData(1, 1, 2, 1, 0)]
    [InlineData(3, 3, 1, 1, 0)]
    [InlineData(3, 3, 1, 0, 3)]
    [InlineData(2, 0, 1, 0, 2)]
    public void One_more_pilot_has_the_level_of_what_stopped_before_it(int earlier, int clear, int starts, int inProduction, int level)
    {
        var causes = new[] { Cause.Cost, Cause.Security, Cause.Training };
        var facts = Fine().Earlier([.. Enumerable.Range(0, earlier).Select(i => Stopped($"E{i}", i + 1, i < clear ? causes[i] : null, i < clear))])
            .With(f => f with { Starts = [.. Enumerable.Range(0, starts).Select(Ago).Order()], InProduction = inProduction });

        Assert.Equal(level, facts.LevelOf(new OneMorePilot()));
    }

    [Fact]
    public void One_more_pilot_names_each_earlier_one_and_counts_the_systems_in_production()
    {
        var earlier = new[] { Stopped("A", 11), Stopped("B", 6), Stopped("C", 2) };
        var found = Fine().Earlier(earlier).Look(new OneMorePilot())!;

        Assert.Equal("3 stopped pilots and zero production systems: all without a clear answer.", found.Sentence);
        Assert.Equal(earlier.Select(e => (InitiativeId?)e.Id), found.Evidence.Select(EvidenceLine.InitiativeIn));
        Assert.True(found.AsksForFacts);
    }

    [Fact]
    public void One_more_pilot_is_over_once_it_is_being_deployed()
    {
        Assert.Equal(0, Fine(Stage.Deploying).Earlier(Stopped("A", 1), Stopped("B", 2)).LevelOf(new OneMorePilot()));
    }

    [Fact]
    public void One_more_pilot_lets_a_text_answer_it_when_every_earlier_one_has_its_answer()
    {
        var found = Fine().Earlier(Stopped("A", 1, Cause.Cost, clear: true)).With(f => f with { Starts = [Ago(9), Ago(5), Ago(0)] }).Look(new OneMorePilot())!;

        Assert.Equal((2, false), (found.Level, found.AsksForFacts));
    }

    [Fact]
    public void The_same_wall_twice_is_said_until_a_decision_names_it()
    {
        var facts = Fine().Earlier(Stopped("A", 1, Cause.DataQuality, true), Stopped("B", 4, Cause.DataQuality, true));

        Assert.Equal((2, 3), (facts.LevelOf(new SameWall()), facts.LevelOf(new OneMorePilot())));
        Assert.Equal(2, facts.Decided("we meet on Tuesdays").LevelOf(new SameWall()));
        Assert.Equal((0, 0), (facts.Decided("Data: one export, owned by Lee").LevelOf(new SameWall()), facts.LevelOf(new OneMorePilot())));
    }

    [Theory]
    [InlineData(Cause.DataQuality, Cause.Cost, 0)]
    [InlineData(Cause.Unknown, Cause.Unknown, 0)]
    [InlineData(Cause.Cost, Cause.Cost, 2)]
    public void A_wall_is_the_same_known_cause_in_a_row(Cause newest, Cause before, int level)
    {
        Assert.Equal(level, Fine().Earlier(Stopped("A", 1, newest), Stopped("B", 4, before)).LevelOf(new SameWall()));
    }

    [Fact]
    public void Three_times_the_same_wall_is_worse_and_a_pilot_that_merely_went_on_hit_none()
    {
        var ended = new[] { Stopped("A", 1, Cause.Cost), Stopped("B", 4, Cause.Cost), Stopped("C", 9, Cause.Cost) };

        Assert.Equal(3, Fine().Earlier(ended).LevelOf(new SameWall()));
        Assert.Equal(0, Fine().Earlier(ended[0], Stopped("D", 2, Cause.Cost, ended: false)).LevelOf(new SameWall()));
    }

    [Fact]
    public void Its_own_stalls_at_the_same_wall_count_like_those_of_others()
    {
        OwnStop Stalled(int weeks, Cause cause) => new(Ago(weeks), cause);
        Facts With(params OwnStop[] stops) => Fine().With(f => f with { OwnStops = stops });

        Assert.Equal((2, 3), (With(Stalled(9, Cause.Integration), Stalled(3, Cause.Integration)).LevelOf(new SameWall()), With(Stalled(9, Cause.Integration), Stalled(3, Cause.Integration)).LevelOf(new OneMorePilot())));
        Assert.Equal((0, 0), (With(Stalled(9, Cause.Cost), Stalled(3, Cause.Integration)).LevelOf(new SameWall()), With(Stalled(3, Cause.Integration)).LevelOf(new OneMorePilot())));
        Assert.Equal(2, With(Stalled(3, Cause.Integration)).Earlier(Stopped("A", 1, Cause.Integration, true)).LevelOf(new SameWall()));
        Assert.Equal(0, With(Stalled(9, Cause.Integration), Stalled(3, Cause.Integration)).Decided("The integration team builds the interface first").LevelOf(new SameWall()));
    }

    [Fact]
    public void Every_cause_that_can_be_a_wall_has_words_by_which_a_decision_names_it()
    {
        Assert.All(Enum.GetValues<Cause>().Where(c => c != Cause.Unknown), cause => Assert.True(SameWall.Names($"about {cause.Label()}", cause), cause.ToString()));
    }

    [Theory]
    [InlineData(Stage.Idea, 9, 0)]
    [InlineData(Stage.Pilot, 0, 0)]
    [InlineData(Stage.Pilot, 1, 1)]
    [InlineData(Stage.Deploying, 0, 2)]
    [InlineData(Stage.Production, 0, 2)]
    public void An_open_blank_is_said_from_the_second_week_of_the_pilot_on(Stage stage, int weeks, int level)
    {
        var facts = Fine(stage, weeks).But(i => i.Outcome = i.Outcome with { Timeframe = " " });

        Assert.Equal(level, facts.LevelOf(new NoOutcome()));
        Assert.Equal(0, Fine(stage, weeks).LevelOf(new NoOutcome()));
        Assert.True(level == 0 || facts.Look(new NoOutcome())!.Evidence.Contains("Open: timeframe."));
    }

    [Theory]
    [InlineData(Stage.Idea, 1)]
    [InlineData(Stage.Pilot, 2)]
    [InlineData(Stage.Production, 3)]
    public void Nobody_as_owner_is_said_on_day_one(Stage stage, int level)
    {
        Assert.Equal(level, Fine(stage, 0).But(i => i.OwnerId = null).LevelOf(new NoOwner()));
        Assert.Equal(0, Fine(stage, 0).LevelOf(new NoOwner()));
    }

    [Fact]
    public void The_owner_who_builds_it_is_a_notice()
    {
        Assert.Equal(1, Fine().But(i => i.BuilderId = TheOwner).LevelOf(new NoOwner()));
        Assert.Equal(0, Fine().But(i => i.BuilderId = Bot.Chat.PersonId.From(Guid.NewGuid())).LevelOf(new NoOwner()));
    }

    [Theory]
    [InlineData(3, null, 0)]
    [InlineData(4, null, 2)]
    [InlineData(6, 4, 2)]
    [InlineData(6, 3, 0)]
    [InlineData(0, 30, 0)]
    public void An_owner_asked_four_times_without_a_sign_is_not_there(int asked, int? seenWeeksAgo, int level)
    {
        var facts = Fine().With(f => f with
        {
            OwnerAskedFor = [.. Enumerable.Range(0, asked).Select(Ago).Order()], OwnerSeenOn = seenWeeksAgo is { } weeks ? Ago(weeks) : null,
        });

        Assert.Equal(level, facts.LevelOf(new NoOwner()));
    }

    [Theory]
    [InlineData("accuracy", 0, 2)]
    [InlineData("F1 score of the model", 0, 2)]
    [InlineData("Order accuracy", 9, 0)]
    [InlineData(null, 1, 0)]
    [InlineData(null, 2, 1)]
    [InlineData(null, 6, 2)]
    public void A_metric_of_the_model_or_none_is_not_behaviour(string? metric, int weeks, int level)
    {
        Assert.Equal(level, Fine(weeksInStage: weeks).But(i => i.Metric = metric is null ? null : new BehaviourMetric(metric, null, null, null)).LevelOf(new AccuracyOnly()));
    }

    [Theory]
    [InlineData(Stage.Pilot, 100.0, 300.0, 0, 0)]
    [InlineData(Stage.Pilot, 100.0, 299.0, 0, 1)]
    [InlineData(Stage.Pilot, 100.0, 99.0, 0, 2)]
    [InlineData(Stage.Deploying, 100.0, 200.0, 0, 2)]
    [InlineData(Stage.Production, 100.0, 0.0, 9, 0)]
    [InlineData(Stage.Pilot, null, 50.0, 9, 0)]
    [InlineData(Stage.Pilot, 100.0, null, 2, 0)]
    [InlineData(Stage.Pilot, null, null, 3, 1)]
    [InlineData(Stage.Deploying, null, null, 3, 2)]
    public void A_deployment_costs_a_multiple_of_its_pilot(Stage stage, double? cost, double? budget, int weeks, int level)
    {
        Assert.Equal(level, Fine(stage, weeks).But(i => (i.PilotCost, i.DeploymentBudget) = (cost, budget)).LevelOf(new UnderBudgeted()));
    }

    [Theory]
    [InlineData(12, null, 0)]
    [InlineData(13, null, 1)]
    [InlineData(16, null, 2)]
    [InlineData(24, null, 3)]
    [InlineData(30, 0, 0)]
    [InlineData(3, 1, 1)]
    public void A_pilot_has_an_end(int weeks, int? endedWeeksAgo, int level)
    {
        var facts = Fine(weeksInStage: weeks).But(i => i.PlannedEnd = endedWeeksAgo is { } ago ? Ago(ago) : null);

        Assert.Equal(level, facts.LevelOf(new Overstay()));
        Assert.Equal(0, Fine(Stage.Deploying, weeks).LevelOf(new Overstay()));
    }

    [Fact]
    public void A_workspace_may_set_a_number_otherwise()
    {
        Assert.Equal((1, 0), (Fine(weeksInStage: 14).LevelOf(new Overstay()), Fine(weeksInStage: 14).LevelOf(new Overstay(), ("overstay.weeks", 20))));
    }
}
