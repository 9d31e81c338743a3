using Bot.Chat;

namespace Bot.Slack.Inbound;

/// <summary>Somebody's App Home, made by the product and published.</summary>
internal sealed class ShowHomeTab(HandleInbound handle, AnswerReply answer)
{
    public async Task PublishAsync(DeliveryId delivery, Origin origin, CancellationToken ct) =>
        await answer.PublishHomeAsync(await handle(new HomeOpened(delivery, origin.Workspace, origin.By, null), ct), origin, ct);
}
