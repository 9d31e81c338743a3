using Bot.Chat;
using Bot.Web.Playground;

namespace Bot.Web.Tests.Playground;

public sealed class PlatformTests
{
    private static readonly WorkspaceRef Workspace = PlaygroundPlatform.Workspace;

    [Fact]
    public async Task The_same_key_posts_once_and_returns_the_first_message()
    {
        await using var host = await PlaygroundHost.StartAsync();

        var first = await host.Platform.PostAsync(Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("one"), "key", default);
        var second = await host.Platform.PostAsync(Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("two"), "key", default);

        Assert.Equal(first, second);
        await using var store = host.Store();
        Assert.Equal("one", Assert.Single(store.Messages).Text);
    }

    [Fact]
    public async Task The_same_key_posted_by_many_at_once_is_one_message()
    {
        await using var host = await PlaygroundHost.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            host.Platform.PostAsync(Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("one"), "key", default))));

        Assert.Single(outcomes.Distinct());
        await using var store = host.Store();
        Assert.Single(store.Messages);
    }

    [Fact]
    public async Task A_card_to_a_person_lands_in_their_own_chat_with_the_bot()
    {
        await using var host = await PlaygroundHost.StartAsync();

        var outcome = await host.Platform.PostAsync(Workspace, new Destination.ToPerson("lee"), PlaygroundHost.TextCard("for Lee"), "key", default);

        Assert.Equal("dm-lee", Assert.IsType<PostOutcome.Posted>(outcome).Message.ConversationId);
        Assert.Contains("for Lee", await host.PageAsync("lee", "dm-lee"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await host.Browser.GetAsync("/playground?as=dana&in=dm-lee")).StatusCode);
    }

    [Fact]
    public async Task Unknown_people_conversations_and_workspaces_are_gone()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (card, other) = (PlaygroundHost.TextCard("x"), new WorkspaceRef(PlaygroundPlatform.PlatformName, "elsewhere"));

        Assert.IsType<PostOutcome.Gone>(await host.Platform.PostAsync(Workspace, new Destination.ToPerson("nobody"), card, "1", default));
        Assert.IsType<PostOutcome.Gone>(await host.Platform.PostAsync(Workspace, PlaygroundHost.To("nowhere"), card, "2", default));
        Assert.IsType<PostOutcome.Gone>(await host.Platform.PostAsync(other, PlaygroundHost.To("portfolio"), card, "3", default));
        Assert.IsType<PostOutcome.Gone>(await host.Platform.UpdateAsync(Workspace, new MessageRef("nowhere", "1"), card, default));
        Assert.IsType<PostOutcome.Refused>(await host.Platform.UpdateAsync(Workspace, new MessageRef("portfolio", "no number"), card, default));
        Assert.Null(await host.Platform.PersonAsync(Workspace, "nobody", default));
        Assert.Empty(await host.Platform.MembersAsync(Workspace, new Conversation("nowhere", ConversationKind.Channel), default));
    }

    [Fact]
    public async Task An_updated_card_is_shown_in_place_of_the_old_one()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var posted = await host.Platform.PostAsync(Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("before"), "key", default);

        await host.Platform.UpdateAsync(Workspace, ((PostOutcome.Posted)posted).Message, PlaygroundHost.TextCard("after"), default);

        var page = await host.PageAsync("dana", "portfolio");
        Assert.Contains("after", page);
        Assert.DoesNotContain("before", page);
    }

    [Fact]
    public async Task A_post_in_a_thread_shows_in_the_thread_and_is_counted_in_the_channel()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var root = (PostOutcome.Posted)await host.Platform.PostAsync(Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("root"), "1", default);
        var channel = new Conversation("portfolio", ConversationKind.Channel);

        var answer = (PostOutcome.Posted)await host.Platform.PostAsync(
            Workspace, new Destination.ToConversation(channel, root.Message), PlaygroundHost.TextCard("first box"), "2", default);
        await host.Platform.PostAsync(Workspace, new Destination.ToConversation(channel, answer.Message), PlaygroundHost.TextCard("second box"), "3", default);

        Assert.Contains("2 replies", await host.PageAsync("dana", "portfolio"));
        Assert.Contains("second box", await host.PageAsync("dana", "portfolio", $"&thread={root.Message.MessageId}"));
    }

    [Fact]
    public async Task Members_and_people_carry_their_zones_and_rights()
    {
        await using var host = await PlaygroundHost.StartAsync();

        var members = await host.Platform.MembersAsync(Workspace, new Conversation("portfolio", ConversationKind.Channel), default);

        Assert.Equal(6, members.Count);
        Assert.Single(members, person => person.IsAdmin == true);
        Assert.Equal("America/New_York", (await host.Platform.PersonAsync(Workspace, "lee", default))?.TimeZone);
    }

    [Fact]
    public async Task The_product_is_told_who_is_here_with_the_same_delivery_ids_after_a_restart()
    {
        using var folder = new TempFolder();
        string[] first, second;
        await using (var host = await PlaygroundHost.StartAsync(folder))
        {
            first = [.. host.Heard.Select(e => e.Delivery.Value)];
        }

        await using (var host = await PlaygroundHost.StartAsync(folder))
        {
            second = [.. host.Heard.Select(e => e.Delivery.Value)];
        }

        Assert.Equal(7, first.Length);
        Assert.Equal(first, second);
    }
}
