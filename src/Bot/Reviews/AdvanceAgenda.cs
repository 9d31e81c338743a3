using Bot.Cards;
using Bot.CheckIns;
using Bot.Delivery;

namespace Bot.Reviews;

/// <summary>The boxes of a review and how long each takes: three tenths of the time for each of the three, one tenth to adapt.</summary>
public static class Agenda
{
    public static int Minutes(Step box, int review) => box == Step.Adapt ? review - (3 * (review * 3 / 10)) : review * 3 / 10;

    /// <summary>Minutes from the start until a box begins.</summary>
    public static int Begins(Step box, int review) => box switch
    {
        Step.Struggles => Minutes(Step.Review, review),
        Step.Drift => 2 * Minutes(Step.Review, review),
        Step.Adapt => 3 * Minutes(Step.Review, review),
        _ => 0,
    };
}

/// <summary>Announces each box in the review's thread as its time comes.</summary>
public sealed class AdvanceAgenda(Outbox outbox, CardBook cards, TimeProvider clock)
{
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(3);

    public Task<StepState> DoAsync(RoundInHand week, Step box, CancellationToken ct)
    {
        if (week.Round.State != RoundState.InReview || week.Round.StartedAt is not { } started)
        {
            return Task.FromResult(StepState.Dropped);
        }

        // A box announced when the next one has begun only confuses.
        if (clock.GetUtcNow() - started.AddMinutes(Agenda.Begins(box, week.Loop.Slot.Minutes)) > OnTime)
        {
            return Task.FromResult(StepState.Missed);
        }

        Announce(week, box);
        return Task.FromResult(StepState.Done);
    }

    public void Announce(RoundInHand week, Step box) => outbox.Post(
        week.Round.WorkspaceId, $"box:{week.Round.Id}:{box}", week.Loop.ChannelId,
        cards.Fill(new BoxCard(Title(box), Ask(box), Agenda.Minutes(box, week.Loop.Slot.Minutes))), week.ReviewKey);

    private static string Title(Step box) => box switch
    {
        Step.Struggles => "Struggles",
        Step.Drift => "Drift",
        Step.Adapt => "Adapt",
        _ => "Performance",
    };

    private static string Ask(Step box) => box switch
    {
        Step.Struggles => "What got in people's way, and which one thing would help most?",
        Step.Drift => "What looks different from before, and who looks at it by when?",
        Step.Adapt => "One decision, one action with a name and a date, one experiment with what you expect.",
        _ => "How well did it do its job this week, and for whom did it not?",
    };
}

/// <param name="Box">The box that begins.</param>
public sealed record BoxCard(string Box, string Ask, int Minutes) : ICardData
{
    public static string Template => "review-box";
}
