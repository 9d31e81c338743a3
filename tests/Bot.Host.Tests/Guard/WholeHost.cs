using Bot.Host.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Bot.Host.Tests.Guard;

/// <summary>The host as it is, with everything in it that has an address, in this process and on a port of its own.</summary>
internal sealed class WholeHost : WebApplicationFactory<HostSettings>
{
    public const string SigningSecret = "signing-secret-of-the-guard";
    private readonly StoreFile _store = new();

    private readonly (string Key, string Value)[] _more;

    /// <param name="more">Settings beside the usual ones.</param>
    public WholeHost(params (string Key, string Value)[] more)
    {
        _more = more;
        UseKestrel(0);
    }

    public StoreFile Store => _store;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in new[]
        {
            ("Store:ConnectionString", $"Data Source={_store.Path}"), ("Slack:SigningSecret", SigningSecret), ("Slack:ClientId", "1.2"), ("Slack:ClientSecret", "client-secret"),
            ("Teams:AppId", "11111111-1111-1111-1111-111111111111"), ("Teams:TenantId", "22222222-2222-2222-2222-222222222222"), ("Teams:ClientSecret", "secret"),
            // Nobody listens there: nothing of a test leaves this machine.
            ("Slack:ApiUrl", "http://127.0.0.1:9/api/"), ("Teams:LoginUrl", "https://127.0.0.1:9/"), ("Teams:OpenIdMetadataUrl", "http://127.0.0.1:9/keys"),
        }.Concat(_more))
        {
            builder.UseSetting(key, value);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _store.Dispose();
    }
}
