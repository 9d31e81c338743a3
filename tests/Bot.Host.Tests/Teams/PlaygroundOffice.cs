using FakeTeams.Playground;
using FakeTeams.Talk;

namespace Bot.Host.Tests.Teams;

/// <summary>An office whose Teams is the Agents Playground, with a proxy before it that signs and checks tokens. Dana acts in it.</summary>
internal sealed class PlaygroundOffice : IAsyncDisposable
{
    private PlaygroundOffice(TeamsOffice office, SigningProxy proxy, AgentsPlayground playground)
    {
        (Office, Proxy, Playground) = (office, proxy, playground);
        Dana = new PlaygroundUser(proxy, office.Cloud, office.Dana, playground.Http);
        Lee = Dana.Another(office.Lee, office.Clock);
        Priya = Dana.Another(office.Priya, office.Clock);
    }

    public TeamsOffice Office { get; }

    public SigningProxy Proxy { get; }

    public AgentsPlayground Playground { get; }

    /// <summary>The playground's own user, through its own addresses.</summary>
    public PlaygroundUser Dana { get; }

    /// <summary>By activities that the playground posts for us.</summary>
    public TeamsClient Lee { get; }

    public TeamsClient Priya { get; }

    public static async Task<PlaygroundOffice> StartAsync()
    {
        SigningProxy? proxy = null;
        var office = await TeamsOffice.StartAsync(async office =>
        {
            proxy = await SigningProxy.StartAsync(office.Cloud, office.Clock);
            return proxy.ServiceUrl;
        });
        proxy!.Bot = office.Host.Address;
        var playground = await AgentsPlayground.StartAsync(office, proxy, office.Dana);
        proxy.Playground = playground.Address;
        return new PlaygroundOffice(office, proxy, playground);
    }

    /// <summary>Somebody's chat with the bot, once the bot wrote there.</summary>
    public async Task<TeamsConversation> ChatAsync(TeamsUser user)
    {
        await Eventually.HoldsAsync($"the bot wrote to {user.Name}", () => Proxy.Seen.Chat(user) is not null);
        return Proxy.Seen.Chat(user)!;
    }

    /// <summary>Fills the dialog that a button of a message in the channel opens. The playground's page has no dialogs; Teams' activities for them it takes.</summary>
    public async Task AddAsync(TeamsClient person, TeamsMessage message, string button, string send, params IEnumerable<(string Field, string Value)> typed)
    {
        var dialog = await person.PressAsync(Office.Channel, message, button);
        var closed = await person.SubmitAsync(Office.Channel, message, dialog, send, typed.ToDictionary(t => t.Field, t => t.Value));
        Assert.True(closed.Body is null, closed.Body?.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await Playground.DisposeAsync();
        await Office.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
