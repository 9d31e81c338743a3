using Bot;
using Bot.Host;
using Bot.Host.Configuration;
using Bot.Store;

try
{
    return args is [TeamsPackageCommand.Word, ..]
        ? await TeamsPackageCommand.RunAsync(args, WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }).Configuration, Console.Out, Console.Error)
        : await AfterpilotHost.RunAsync(args);
}
catch (RefusedConfigurationException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 78; // EX_CONFIG of sysexits.h: a service manager should not restart on it
}
catch (Exception away) when (StoreAway.Is(away))
{
    await Console.Error.WriteLineAsync($"The store that Store__ConnectionString names does not answer: {away.GetBaseException().Message}");
    return 69; // EX_UNAVAILABLE: it may answer later
}
