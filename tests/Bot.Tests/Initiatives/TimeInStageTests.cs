using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Tests.Initiatives;

public sealed class TimeInStageTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Stage.Pilot, 0, "pilot, week 1 of 12")]
    [InlineData(Stage.Pilot, 6, "pilot, week 1 of 12")]
    [InlineData(Stage.Pilot, 7, "pilot, week 2 of 12")]
    [InlineData(Stage.Pilot, 83, "pilot, week 12 of 12")]
    [InlineData(Stage.Pilot, 84, "pilot, week 13 of 12")]
    [InlineData(Stage.Pilot, 85, "pilot, week 13 of 12, past its planned end")]
    [InlineData(Stage.Deploying, 15, "deploying, week 3")]
    [InlineData(Stage.Production, 0, "production, week 1")]
    [InlineData(Stage.Stalled, 3, "stalled this week")]
    [InlineData(Stage.Stalled, 8, "stalled 1 week ago")]
    [InlineData(Stage.Retired, 80, "retired 11 weeks ago")]
    public void The_stage_is_said_with_its_weeks(Stage stage, int days, string expected)
    {
        var it = Of(stage);

        Assert.Equal(expected, TimeInStage.InWords(it, Start, Start.AddDays(days)));
    }

    [Fact]
    public void A_planned_end_sets_the_length_and_its_day_still_belongs_to_the_pilot()
    {
        var it = Of(Stage.Pilot);
        it.PlannedEnd = new DateOnly(2026, 10, 10);

        Assert.Equal("pilot, week 6 of 6", TimeInStage.InWords(it, Start, new DateTimeOffset(2026, 10, 10, 23, 0, 0, TimeSpan.Zero)));
        Assert.True(TimeInStage.IsPastItsEnd(it, Start, new DateTimeOffset(2026, 10, 11, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void It_counts_from_the_last_time_it_came_to_this_stage()
    {
        var it = Of(Stage.Pilot);

        var since = TimeInStage.Since(it, [Change(null, Stage.Pilot, 0), Change(Stage.Pilot, Stage.Stalled, 10), Change(Stage.Stalled, Stage.Pilot, 20)]);

        Assert.Equal(Start.AddDays(20), since);
        Assert.Equal(it.CreatedAt, TimeInStage.Since(it, []));
    }

    private static StageChange Change(Stage? from, Stage to, int day) => new()
    {
        Id = StageChangeId.From(Guid.NewGuid()), InitiativeId = InitiativeId.From(Guid.NewGuid()), From = from, To = to, At = Start.AddDays(day),
    };

    private static Initiative Of(Stage stage) => new()
    {
        Id = InitiativeId.From(Guid.NewGuid()), WorkspaceId = WorkspaceId.From(Guid.NewGuid()), Name = "Churn predictor", Stage = stage, CreatedAt = Start,
    };
}
