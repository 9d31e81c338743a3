using Bot.CheckIns;
using Bot.Host.Tests.Guard;
using Bot.Store;
using FakeTeams;
using FakeTeams.Issuer;
using FakeTeams.Talk;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Teams;

/// <summary>Three people and a channel in a strict Teams, and the real host beside it: tokens are checked in both directions.</summary>
internal sealed class TeamsOffice : IAsyncDisposable
{
    private readonly StoreFile _store = new();

    private TeamsOffice(MovedClock clock, TeamsCloud cloud)
    {
        (Clock, Cloud) = (clock, cloud);
        (Dana, Lee, Priya) = (cloud.Tenant.AddUser("Dana Weber"), cloud.Tenant.AddUser("Lee Okafor"), cloud.Tenant.AddUser("Priya Raman", "America/New_York"));
        General = cloud.Tenant.AddChannel("Sales", "General", [Dana, Lee, Priya]);
        Channel = cloud.Tenant.AddChannel("Sales", "Churn predictor", [Dana, Lee, Priya]);
    }

    public MovedClock Clock { get; }

    public TeamsCloud Cloud { get; }

    public HostProcess Host { get; private set; } = null!;

    /// <summary>Brings the app, owns the initiative.</summary>
    public TeamsUser Dana { get; }

    public TeamsUser Lee { get; }

    /// <summary>In New York.</summary>
    public TeamsUser Priya { get; }

    public TeamsConversation General { get; }

    public TeamsConversation Channel { get; }

    public HttpClient Bot { get; } = new();

    /// <param name="serviceUrl">Where the bot answers; null for the fake's own connector.</param>
    public static async Task<TeamsOffice> StartAsync(Func<TeamsOffice, Task<string>>? serviceUrl = null)
    {
        var clock = new MovedClock();
        var office = new TeamsOffice(clock, await TeamsCloud.StartAsync(TeamsApp.Example, clock));
        var cloud = office.Cloud;
        cloud.ServiceUrl = serviceUrl is null ? $"{cloud.Address}emea/{cloud.App.TenantId}/" : await serviceUrl(office);
        var trusted = office._store.Path + ".pem";
        await File.WriteAllTextAsync(trusted, cloud.CertificatePem);
        office.Host = await HostProcess.StartReadyAsync(office._store.Path, new(Talkative.Settings)
        {
            ["Teams__AppId"] = cloud.App.AppId,
            ["Teams__TenantId"] = cloud.App.TenantId,
            ["Teams__ClientSecret"] = cloud.App.Secret,
            ["Teams__LoginUrl"] = cloud.LoginAddress.AbsoluteUri,
            ["Teams__OpenIdMetadataUrl"] = new Uri(cloud.Address, ConnectorIssuer.MetadataPath).AbsoluteUri,
            ["Teams__AllowedServiceHosts"] = "127.0.0.1",
            // Whom .NET trusts on Linux: the fake's login alone.
            ["SSL_CERT_FILE"] = trusted,
        });
        office.Bot.BaseAddress = office.Host.Address;
        return office;
    }

    public TeamsClient As(TeamsUser user) => new(Cloud, user, Bot, Clock);

    /// <summary>The round of this week.</summary>
    public Task<Round> RoundAsync() => AskAsync(db => db.Rounds.AsNoTracking().OrderBy(r => r.ReviewDate).FirstAsync());

    public Task<T> AskAsync<T>(Func<BotDb, Task<T>> ask) => _store.AskAsync(ask);

    /// <summary>Fails where the host wrote down one of these, or anything that is text in its store.</summary>
    public Task SaidNothingOfAsync(params IEnumerable<string> secrets) => Host.Output.SaysNothingOfAsync(_store.Product, secrets);

    /// <summary>Time passes on both sides, and what is due on the way is done.</summary>
    public async Task MoveToAsync(DateTimeOffset instant)
    {
        Clock.MoveTo(instant.AddSeconds(1));
        using var clockwork = new Visitor(Host.Address, "dana");
        using var moved = await clockwork.PostAsync("/clock", clockwork.Direct, ("to", instant.ToUnixTimeMilliseconds().ToString()));
        Assert.True(Visitor.IsTaken(moved));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Bot.Dispose();
        await Cloud.DisposeAsync();
        _store.Dispose();
    }
}
