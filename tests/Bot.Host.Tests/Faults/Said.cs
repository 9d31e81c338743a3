using Bot.Delivery;
using FakeSlack;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Faults;

/// <summary>A message that Slack took.</summary>
/// <param name="Words">Its text, by which the same one is known again: it names the initiative and the week.</param>
/// <param name="Order">Among all calls.</param>
internal sealed record Said(string Channel, string Ts, string Words, DateTimeOffset At, int Order)
{
    /// <summary>Everything that was posted, in its order.</summary>
    public static IReadOnlyList<Said> AllOf(SlackServer slack) =>
    [
        .. slack.Calls.Index().Where(call => call.Item is { Method: "chat.postMessage", Status: 200, Error: null, Answer: not null }).Select(call => new Said(
            (string)call.Item.Answer!["channel"]!, (string)call.Item.Answer["ts"]!, (string)call.Item.Arguments["text"]!, call.Item.At, call.Index)),
    ];

    /// <summary>What is out and not noted where it is, though the same thing is noted elsewhere: it was said twice.</summary>
    public static async Task<IReadOnlyList<Said>> TwiceAsync(SlackCrowd crowd)
    {
        var all = AllOf(crowd.Slack);
        var noted = await crowd.AskAsync(db => db.PostedCards.Select(p => new { p.ConversationId, p.MessageId }).ToListAsync());
        var known = noted.Select(p => (p.ConversationId, p.MessageId)).ToHashSet();
        var twins = all.Where(said => known.Contains((said.Channel, said.Ts))).Select(said => (said.Channel, said.Words)).ToHashSet();
        return [.. all.Where(said => !known.Contains((said.Channel, said.Ts)) && twins.Contains((said.Channel, said.Words)))];
    }

    /// <summary>What was to be said and never was.</summary>
    public static Task<List<string>> NeverAsync(SlackCrowd crowd) => crowd.AskAsync(db => db.Outbox
        .Where(o => o.Updates == null && (o.State != OutboxState.Delivered || !db.PostedCards.Any(p => p.WorkspaceId == o.WorkspaceId && p.Key == o.Key)))
        .Select(o => o.Key + ": " + o.State + " " + o.LastError).ToListAsync());
}
